package dev.frostline.lake;

import dev.frostline.ingest.DirectoryLanding;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Objects as files of a folder. */
final class FolderPlace implements Place {
  /** A file that is being written. */
  private static final String PARTIAL = ".partial-";

  /** No write takes so long: what is older was left by one that was killed. */
  private static final Duration ABANDONED = Duration.ofDays(1);

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
    Files.walkFileTree(
        start,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (attributes.isRegularFile() && !isPartial(file)) {
              String key = root.relativize(file).toString().replace('\\', '/');
              long modified = attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS);
              entries.add(new Entry(key, attributes.size() + "@" + modified));
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
            if (e instanceof NoSuchFileException) {
              return FileVisitResult.CONTINUE; // somebody was just writing or deleting it
            }
            throw e;
          }
        });
    entries.sort(Comparator.comparing(Entry::key));
    return entries;
  }

  private static boolean isPartial(Path file) {
    return file.getFileName().toString().startsWith(PARTIAL);
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
    Path partial = Files.createTempFile(folder, PARTIAL, "");
    try {
      Files.copy(file, partial, StandardCopyOption.REPLACE_EXISTING);
      Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(partial);
    }
    removeAbandoned(folder);
  }

  private static void removeAbandoned(Path folder) throws IOException {
    FileTime young = FileTime.from(Instant.now().minus(ABANDONED));
    try (DirectoryStream<Path> partials = Files.newDirectoryStream(folder, PARTIAL + "*")) {
      for (Path partial : partials) {
        if (Files.getLastModifiedTime(partial).compareTo(young) < 0) {
          Files.deleteIfExists(partial);
        }
      }
    } catch (NoSuchFileException e) {
      return; // somebody else has just ended his own
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
