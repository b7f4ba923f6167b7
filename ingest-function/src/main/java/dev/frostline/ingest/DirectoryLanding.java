package dev.frostline.ingest;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Landing objects as files of a folder. A file appears whole or not at all. */
public final class DirectoryLanding implements Landing {
  private static final String PREFIX = "landing";
  private final Path root;

  /** Objects below that folder. */
  public DirectoryLanding(Path root) {
    this.root = root;
  }

  @Override
  public boolean put(String key, byte[] content, Instant deadline) throws IOException {
    Path target = root.resolve(key);
    if (Files.exists(target)) {
      return false;
    }
    Path folder = target.getParent();
    if (folder == null) {
      throw new IOException("a landing key without a folder: " + key);
    }
    Files.createDirectories(folder);
    Path partial = Files.createTempFile(root, ".partial-", "");
    try {
      Files.write(partial, content);
      Files.createLink(target, partial);
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    } finally {
      Files.delete(partial);
    }
  }

  /** Keys of all objects, in order. */
  public List<String> keys() throws IOException {
    List<String> keys = new ArrayList<>();
    Path objects = root.resolve(PREFIX);
    if (!Files.isDirectory(objects)) {
      return keys;
    }
    try (Stream<Path> files = Files.walk(objects)) {
      files
          .filter(Files::isRegularFile)
          .forEach(file -> keys.add(root.relativize(file).toString().replace('\\', '/')));
    }
    keys.sort(null);
    return keys;
  }

  /** The content of an object. */
  public byte[] read(String key) throws IOException {
    return Files.readAllBytes(root.resolve(key));
  }
}
