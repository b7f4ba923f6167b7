/** Commands that look at an AWS account and change it. */
@NullMarked
package dev.frostline.cli.account;

import org.jspecify.annotations.NullMarked;
