/**
 * Who asks for a page: tokens, sessions, what a load balancer signed, and requests of other sites.
 */
@NullMarked
package dev.frostline.page.visitor;

import org.jspecify.annotations.NullMarked;
