package dev.frostline.lake;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A folder, or the part of a bucket below a prefix. Objects appear there whole or not at all. */
public interface Place extends AutoCloseable {
  /** Keys that one answer of S3 holds. */
  int PAGE = 1000;

  /**
   * A place.
   *
   * @param name {@code s3://BUCKET/PREFIX} or a folder
   * @param endpoint of an S3-compatible server; null for AWS's
   * @throws IllegalArgumentException when the name is none
   */
  static Place at(String name, @Nullable String endpoint) {
    return name.startsWith("s3:") ? BucketPlace.at(name, endpoint) : new FolderPlace(Path.of(name));
  }

  /**
   * What lies around a lake or the reports: the place of {@code frostline.toml}, of what was
   * accepted and of what was told. Of a whole bucket that is the bucket itself.
   */
  static String above(String name) {
    if (!name.startsWith("s3:")) {
      Path folder = Path.of(name).toAbsolutePath().normalize();
      return String.valueOf(folder.getParent() == null ? folder : folder.getParent());
    }
    String plain = name.replaceFirst("/+$", "");
    return plain.matches("s3://[^/]+") ? plain : plain.replaceFirst("/+[^/]*$", "");
  }

  /**
   * An object.
   *
   * @param tag another one when its content is another
   */
  record Entry(String key, String tag) {}

  /** Objects whose keys begin with that folder, in order; none where there is no such folder. */
  List<Entry> entries(String folder) throws IOException;

  /** Their keys. */
  default List<String> keys(String folder) throws IOException {
    return entries(folder).stream().map(Entry::key).toList();
  }

  /** A page of them: a thousand at most, that come after a key; none where none does. */
  default List<String> keysAfter(String folder, String key) throws IOException {
    return keys(folder).stream().filter(one -> one.compareTo(key) > 0).limit(PAGE).toList();
  }

  /** The content of an object; the caller closes it. */
  InputStream open(String key) throws IOException;

  /** An address that anybody can open an object at for a time; empty where there is none. */
  String link(String key, Duration valid) throws IOException;

  /** Creates an object; false when one with that key is there already. */
  boolean create(String key, byte[] content) throws IOException;

  /** Creates an object from a file, or replaces it. */
  void write(String key, Path file) throws IOException;

  /** Removes an object; one that is not there is removed already. */
  void delete(String key) throws IOException;

  @Override
  void close();
}
