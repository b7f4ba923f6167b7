package dev.frostline.cli;

/** A command that writes the store's file, and so cannot work on a lake. */
interface WritesStore {}
