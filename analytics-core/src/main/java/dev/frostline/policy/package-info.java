/** What a team asks of its functions: budgets, and who owns what. */
@NullMarked
package dev.frostline.policy;

import org.jspecify.annotations.NullMarked;
