/**
 * Did a deployment make cold starts slower, by how much, how sure, and what is to blame. {@link
 * Judge} is the door. The packages below it tell the way of one comparison, and each uses only
 * those before it: {@code statistics}, {@code history}, {@code hosts}, {@code blame}, {@code
 * comparison}, {@code changes}, {@code fleet}. VERDICTS.md explains the method.
 */
@NullMarked
package dev.frostline.verdict;

import org.jspecify.annotations.NullMarked;
