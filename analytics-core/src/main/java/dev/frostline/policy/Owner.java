package dev.frostline.policy;

/** Who looks after some functions. */
public record Owner(FunctionPattern functions, String team) {}
