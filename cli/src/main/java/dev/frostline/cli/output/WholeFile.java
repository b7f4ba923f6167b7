package dev.frostline.cli.output;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFileAttributeView;

/**
 * A file that appears whole or not at all, also where the disk is full: it is written beside its
 * place and renamed. A device or a pipe takes what comes.
 */
public final class WholeFile implements AutoCloseable {
  private final Path target;
  private final Path written;

  private WholeFile(Path target, Path written) {
    this.target = target;
    this.written = written;
  }

  /** For that place; what a link there points to is replaced, the link stays. */
  public static WholeFile at(Path file) throws IOException {
    Path target = Files.exists(file) ? file.toRealPath() : file;
    if (Files.isDirectory(target)) {
      throw new IOException("it is a folder");
    }
    boolean isSpecial = Files.exists(target) && !Files.isRegularFile(target);
    Path beside = target.resolveSibling(".frostline-" + ProcessHandle.current().pid() + ".part");
    return new WholeFile(target, isSpecial ? target : beside);
  }

  /** Writes text. */
  public static void write(Path file, String text) throws IOException {
    write(file, text.getBytes(StandardCharsets.UTF_8));
  }

  /** Writes bytes. */
  public static void write(Path file, byte[] bytes) throws IOException {
    try (WholeFile whole = at(file)) {
      Files.write(whole.path(), bytes);
      whole.keep();
    }
  }

  /** Where to write. */
  public Path path() {
    return written;
  }

  /** Puts what was written into its place. */
  public void keep() throws IOException {
    if (written.equals(target)) {
      return;
    }
    PosixFileAttributeView before =
        Files.getFileAttributeView(target, PosixFileAttributeView.class);
    if (before != null && Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
      Files.setPosixFilePermissions(written, before.readAttributes().permissions());
    }
    Files.move(written, target, StandardCopyOption.ATOMIC_MOVE);
  }

  /** Leaves nothing behind of a file that was not kept. */
  @Override
  public void close() throws IOException {
    if (!written.equals(target)) {
      Files.deleteIfExists(written);
    }
  }
}
