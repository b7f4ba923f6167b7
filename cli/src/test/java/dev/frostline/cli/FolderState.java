package dev.frostline.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What stands in a folder, to see that nobody has changed it.
 *
 * @param files length and hash of each, by its name
 */
record FolderState(SortedMap<String, String> files) {
  static FolderState of(Path folder) throws IOException {
    SortedMap<String, String> files = new TreeMap<>();
    try (Stream<Path> tree = Files.walk(folder)) {
      for (Path path : tree.toList()) {
        byte[] bytes = Files.isRegularFile(path) ? Files.readAllBytes(path) : new byte[0];
        files.put(folder.relativize(path).toString(), bytes.length + "/" + Arrays.hashCode(bytes));
      }
    }
    return new FolderState(files);
  }
}
