package dev.frostline.cli.store;

/** A command that writes the store's file, and so cannot work on the copy of a lake. */
public interface WritesStore {
  /** Whether it writes a lake itself, without a copy. */
  default boolean writesLake() {
    return false;
  }
}
