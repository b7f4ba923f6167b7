package dev.frostline.scheduled;

import dev.frostline.lake.Place;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * The store of a function that keeps no disk: an object, fetched before and put back behind each
 * run. Two runs at once cannot spoil it: whoever puts back last wins, and what the other took in is
 * taken in again, since the store itself knows what it holds.
 */
final class StoreObject implements AutoCloseable {
  private final Place place;
  private final String key;
  private final Path file;

  /** The store of that name: {@code s3://BUCKET/PREFIX/NAME}, or a file on a mounted disk. */
  StoreObject(String name) throws IOException {
    int slash = name.lastIndexOf('/');
    place = Place.at(slash < 0 ? "." : name.substring(0, slash), null);
    key = name.substring(slash + 1);
    file = Files.createTempDirectory("frostline-").resolve(key);
  }

  /** A copy of the store; where there is none, the path for a new one. */
  Path fetch() throws IOException {
    try (InputStream content = place.open(key)) {
      Files.copy(content, file, StandardCopyOption.REPLACE_EXISTING);
    } catch (NoSuchFileException e) {
      Files.deleteIfExists(file);
    }
    return file;
  }

  /** Puts the copy back; it must be closed. */
  void putBack() throws IOException {
    place.write(key, file);
  }

  @Override
  public void close() throws IOException {
    place.close();
    Files.deleteIfExists(file);
    Files.delete(file.resolveSibling(""));
  }
}
