package dev.frostline.agent;

import java.io.File;
import java.util.Arrays;

/**
 * A number for the code of {@code $LATEST}: FNV-1a over name, size and time of what lies at the top
 * of the task root and in its lib folder. At most 300 files and never a walk, because Lambda loads
 * its code volume lazily.
 */
final class Fingerprint {
  private static final int MOST_FILES = 300;
  private static final long BASIS = 0xcbf29ce484222325L;
  private static final long PRIME = 0x100000001b3L;

  private long hash = BASIS;
  private int files;

  private Fingerprint() {}

  /** Sixteen hex digits, or nothing when there is no such folder. */
  static String of(String taskRoot, String handlerClass) {
    File root = new File(taskRoot);
    Fingerprint seen = new Fingerprint();
    seen.folder(root);
    seen.folder(new File(root, "lib"));
    if (seen.files == 0) {
      return "";
    }
    seen.file(new File(root, handlerClass.replace('.', '/') + ".class"));
    String hex = Long.toHexString(seen.hash);
    return "0000000000000000".substring(hex.length()) + hex;
  }

  private void folder(File folder) {
    String[] names = folder.list();
    if (names == null) {
      return;
    }
    Arrays.sort(names);
    for (String name : names) {
      if (files == MOST_FILES) {
        return;
      }
      file(new File(folder, name));
      files++;
    }
  }

  private void file(File file) {
    String name = file.getName();
    for (int i = 0; i < name.length(); i++) {
      add(name.charAt(i));
    }
    if (file.isFile()) {
      add(file.length());
      add(file.lastModified() / 1000);
    }
  }

  private void add(long value) {
    hash = (hash ^ value) * PRIME;
  }
}
