package dev.frostline.agent;

import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * Which mode suits this start when the wrapper has not chosen it. By now the JVM has made up its
 * mind about its archives; what is left is not to make it worse.
 */
final class StartGuard {
  private static final String RUNTIMES_OWN =
      "-XX:SharedArchiveFile=/var/lang/lib/server/runtime.jsa";

  private StartGuard() {}

  static String mode(String argument) {
    String chosen = Settings.value(argument, "mode");
    if (chosen.isEmpty()) {
      chosen = Settings.env("FROSTLINE_JAVA");
    }
    if (isOff(Settings.env("FROSTLINE_ENABLED")) || chosen.equals("off") || !isPicked()) {
      return "off";
    }
    boolean known = chosen.equals("clinit") || chosen.equals("load") || chosen.equals("sample");
    return known ? chosen : fitting();
  }

  private static String fitting() {
    String options =
        commandLine()
            + Settings.env("JAVA_TOOL_OPTIONS")
            + ' '
            + Settings.env("JDK_JAVA_OPTIONS")
            + ' '
            + Settings.env("_JAVA_OPTIONS");
    if (options.contains("-XX:AOT")) {
      return "off";
    }
    boolean theirs = options.replace(RUNTIMES_OWN, "").contains("-XX:SharedArchiveFile");
    boolean costly = isNewer(System.getProperty("java.specification.version", ""));
    return theirs || (costly && !isSampled()) ? "sample" : "clinit";
  }

  /** From 24 on, patched classes cost more than every start should bear. */
  private static boolean isNewer(String version) {
    return version.compareTo("24") >= 0 && version.length() == 2;
  }

  private static boolean isPicked() {
    return !isSampled() || Math.floorMod(System.nanoTime() / 1000, (long) oneIn()) == 0;
  }

  private static boolean isSampled() {
    return oneIn() > 1;
  }

  private static int oneIn() {
    try {
      return Integer.parseInt(Settings.env("FROSTLINE_SAMPLE"));
    } catch (NumberFormatException e) {
      return 1;
    }
  }

  private static boolean isOff(String enabled) {
    return enabled.equals("0")
        || enabled.equals("off")
        || enabled.equals("no")
        || enabled.equalsIgnoreCase("false");
  }

  private static String commandLine() {
    byte[] bytes = new byte[8192];
    try (FileInputStream in = new FileInputStream("/proc/self/cmdline")) {
      int length = Math.max(0, in.read(bytes));
      return new String(bytes, 0, length, StandardCharsets.ISO_8859_1).replace('\0', ' ') + ' ';
    } catch (IOException | SecurityException e) {
      return "";
    }
  }
}
