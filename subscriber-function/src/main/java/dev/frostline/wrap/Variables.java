package dev.frostline.wrap;

import dev.frostline.account.Wrapping;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/** A function's variables: which are Frostline's, what they weigh, and their digest. */
final class Variables {
  static final String NEXT_WRAPPER = "FROSTLINE_NEXT_WRAPPER";
  private static final String OURS = "FROSTLINE_";

  /** Lambda's limit over all names and values. */
  private static final int MOST_BYTES = 4096;

  private Variables() {}

  static boolean isOurs(String name) {
    return name.startsWith(OURS) || name.equals(Wrapping.EXEC_WRAPPER);
  }

  /** Those that Frostline may set. */
  static Map<String, String> ours(Map<String, String> environment) {
    Map<String, String> ours = new TreeMap<>(environment);
    ours.keySet().removeIf(name -> !isOurs(name));
    return ours;
  }

  /** All variables, ours replaced by these. */
  static Map<String, String> with(Map<String, String> environment, Map<String, String> ours) {
    Map<String, String> all = new TreeMap<>(environment);
    all.keySet().removeIf(Variables::isOurs);
    all.putAll(ours);
    return all;
  }

  static boolean fits(Map<String, String> environment) {
    int bytes = 0;
    for (Map.Entry<String, String> variable : environment.entrySet()) {
      bytes += variable.getKey().getBytes(StandardCharsets.UTF_8).length;
      bytes += variable.getValue().getBytes(StandardCharsets.UTF_8).length;
    }
    return bytes <= MOST_BYTES;
  }

  /** Over names and values in order, each ended by a byte that neither can hold. */
  static String sha256(Map<String, String> environment) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (Map.Entry<String, String> variable : new TreeMap<>(environment).entrySet()) {
        digest.update(variable.getKey().getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
        digest.update(variable.getValue().getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256", e);
    }
  }
}
