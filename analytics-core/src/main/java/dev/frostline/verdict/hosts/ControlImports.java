package dev.frostline.verdict.hosts;

import java.util.Arrays;

/** The imports no deployment changes: the runtime's own, or all where those are too few. */
public final class ControlImports {
  /** With fewer runtime modules than this the standard starts from all imports. */
  public static final int LEAST = 12;

  private ControlImports() {}

  static boolean[] of(InternalStandard standard) {
    boolean[] chosen = ofRuntime(standard);
    return truePositions(chosen).length >= LEAST ? chosen : standard.all();
  }

  private static boolean[] ofRuntime(InternalStandard standard) {
    boolean[] chosen = new boolean[standard.core.length];
    for (int k = 0; k < chosen.length; k++) {
      chosen[k] = standard.profile.ofRuntime[standard.core[k]];
    }
    return chosen;
  }

  /** Whether all of them are the runtime's; else code may have changed some. */
  static boolean areOfRuntime(InternalStandard standard, boolean[] control) {
    for (int position : truePositions(control)) {
      if (!standard.profile.ofRuntime[standard.core[position]]) {
        return false;
      }
    }
    return true;
  }

  static int[] truePositions(boolean[] flags) {
    int[] found = new int[flags.length];
    int count = 0;
    for (int k = 0; k < flags.length; k++) {
      if (flags[k]) {
        found[count++] = k;
      }
    }
    return Arrays.copyOf(found, count);
  }
}
