package dev.frostline.lake;

import dev.frostline.ingest.DirectoryLanding;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Objects as files of a folder. */
final class FolderPlace implements Place {
  private final Path root;

  FolderPlace(Path root) {
    this.root = root.toAbsolutePath().normalize(); // the same from whatever folder it is named
  }

  @Override
  public List<Entry> entries(String folder) throws IOException {
    Path start = root.resolve(folder);
    if (!Files.isDirectory(start)) {
      return List.of();
    }
    List<Entry> entries = new ArrayList<>();
    try (Stream<Path> files = Files.walk(start)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        entries.add(
            new Entry(
                root.relativize(file).toString().replace('\\', '/'),
                Files.size(file) + "@" + Files.getLastModifiedTime(file).to(TimeUnit.NANOSECONDS)));
      }
    }
    entries.sort(Comparator.comparing(Entry::key));
    return entries;
  }

  @Override
  public InputStream open(String key) throws IOException {
    return Files.newInputStream(root.resolve(key));
  }

  @Override
  public String link(String key, Duration valid) {
    return "";
  }

  @Override
  public boolean create(String key, byte[] content) throws IOException {
    return new DirectoryLanding(root).put(key, content, Instant.MAX);
  }

  @Override
  public void write(String key, Path file) throws IOException {
    Path target = root.resolve(key);
    Path folder = Files.createDirectories(target.resolveSibling(""));
    Path partial = Files.createTempFile(folder, ".partial-", "");
    try {
      Files.copy(file, partial, StandardCopyOption.REPLACE_EXISTING);
      Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(partial);
    }
  }

  @Override
  public void delete(String key) throws IOException {
    Files.deleteIfExists(root.resolve(key));
  }

  @Override
  public void close() {
    // A folder holds nothing open.
  }

  @Override
  public String toString() {
    return root.toString();
  }
}
