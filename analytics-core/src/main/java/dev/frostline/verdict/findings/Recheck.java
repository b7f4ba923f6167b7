package dev.frostline.verdict.findings;

/**
 * A period to hold against a state further back than the one it replaced; both by where they stand
 * on their track.
 */
public record Recheck(int before, int after) {}
