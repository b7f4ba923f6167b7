/**
 * The Java agent of the wrapper layer: times class initialisers and the handler's constructor from
 * inside the function, and logs them when init is over. No dependency, no lambda, no string concat
 * by invokedynamic, no formatter: each would cost the function milliseconds at every cold start.
 *
 * <p>Not marked {@code NullMarked}, which Java 8 cannot compile; the build checks nulls here all
 * the same.
 */
package dev.frostline.agent;
