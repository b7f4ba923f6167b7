/**
 * Findings have a life: opened by a deployment, still there, taken back; and drift in small steps.
 */
@NullMarked
package dev.frostline.verdict.findings;

import org.jspecify.annotations.NullMarked;
