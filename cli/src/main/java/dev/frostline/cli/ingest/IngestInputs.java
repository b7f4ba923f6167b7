package dev.frostline.cli.ingest;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The files that paths of the command line stand for: folders read whole, behind symbolic links
 * too, and pipes as streams. What cannot be read costs itself only, and what is no log is passed
 * over; both are told.
 */
final class IngestInputs implements AutoCloseable {
  private static final int TYPE = 0170000;
  private static final int PIPE = 0010000;
  private static final int CHARACTER_DEVICE = 0020000;
  private static final int BLOCK_DEVICE = 0060000;
  private static final int SOCKET = 0140000;

  /** Names of what the process was given open: {@code /dev/fd/63} of a shell's {@code <(…)}. */
  private static final Pattern GIVEN = Pattern.compile("/dev/(?:stdin|fd/\\d+)|/proc/\\w+/fd/\\d+");

  private final Listener listener;
  private final List<Input> inputs = new ArrayList<>();
  private final List<Path> spooled = new ArrayList<>();

  IngestInputs(Listener listener) {
    this.listener = listener;
  }

  /** A file to read, and the name that its user knows it by. */
  record Input(Path file, String name) {}

  /** Hears of what is not read. */
  interface Listener {
    /** Of what should have been read and cannot be. */
    void failed(Path path, String why);

    /** Of what lies among the files and is no log. */
    void passedOver(Path path, String what);
  }

  /** The files of these paths, those of a folder in order. */
  List<Input> of(List<Path> paths) {
    for (Path path : paths) {
      try {
        add(path);
      } catch (IOException e) {
        listener.failed(path, reason(e));
      }
    }
    return inputs;
  }

  private void add(Path path) throws IOException {
    if (path.toString().equals("-")) {
      spool(path, System.in);
    } else if (Files.isDirectory(path)) {
      walk(path);
    } else if (type(path) == PIPE && GIVEN.matcher(path.toString()).matches()) {
      try (InputStream in = new FileInputStream(path.toFile())) {
        spool(path, in);
      }
    } else if (!Files.exists(path)) {
      listener.failed(path, "there is no such file");
    } else if (Files.isRegularFile(path)) {
      addFile(path);
    } else {
      listener.failed(path, irregular(path));
    }
  }

  /** A stream cannot be read twice, nor half of it be taken back. */
  private void spool(Path path, InputStream in) throws IOException {
    Path copy = Files.createTempFile("frostline-", ".log");
    spooled.add(copy);
    Files.copy(in, copy, StandardCopyOption.REPLACE_EXISTING);
    inputs.add(new Input(copy, path.toString().equals("-") ? "standard input" : path.toString()));
  }

  private void walk(Path folder) throws IOException {
    List<Path> files = new ArrayList<>();
    Files.walkFileTree(
        folder,
        EnumSet.of(FileVisitOption.FOLLOW_LINKS),
        Integer.MAX_VALUE,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (attributes.isRegularFile()) {
              files.add(file);
            } else if (!Files.isSymbolicLink(file)) {
              listener.passedOver(file, irregular(file));
            } else {
              listener.failed(file, "a link to a file that is not there");
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException e) {
            if (!(e instanceof FileSystemLoopException)) {
              listener.failed(file, reason(e));
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path dir, @Nullable IOException e) {
            if (e != null) {
              listener.failed(dir, reason(e));
            }
            return FileVisitResult.CONTINUE;
          }
        });
    Collections.sort(files);
    files.forEach(this::addFile);
  }

  private void addFile(Path file) {
    if (isStore(file)) {
      listener.passedOver(file, "a DuckDB database, as a store is");
    } else {
      inputs.add(new Input(file, file.toString()));
    }
  }

  /** A store and what DuckDB writes beside it. */
  private static boolean isStore(Path file) {
    String name = file.toString();
    Path database = name.endsWith(".wal") ? Path.of(name.substring(0, name.length() - 4)) : file;
    try (InputStream in = Files.newInputStream(database)) {
      byte[] head = in.readNBytes(12);
      return head.length == 12 && new String(head, 8, 4, StandardCharsets.US_ASCII).equals("DUCK");
    } catch (IOException e) {
      return false; // whoever reads it says why it cannot be
    }
  }

  private static String irregular(Path path) {
    return switch (type(path)) {
      case PIPE -> "a named pipe, which may never end: read it by a shell's \"<\" and a -";
      case CHARACTER_DEVICE, BLOCK_DEVICE -> "a device, which is no file of logs";
      case SOCKET -> "a socket, which is no file of logs";
      default -> "neither a file nor a folder";
    };
  }

  /** The file's type as Unix tells it; 0 where the system has none. */
  private static int type(Path path) {
    try {
      return (Integer) Files.getAttribute(path, "unix:mode") & TYPE;
    } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
      return 0;
    }
  }

  /** The sentence for a file that cannot be read. */
  static String reason(IOException e) {
    if (e instanceof NoSuchFileException) {
      return "there is no such file";
    }
    if (e instanceof AccessDeniedException) {
      return "it may not be read";
    }
    return String.valueOf(e.getMessage());
  }

  /** Removes the copies of streams. */
  @Override
  public void close() {
    for (Path copy : spooled) {
      try {
        Files.deleteIfExists(copy);
      } catch (IOException e) {
        copy.toFile().deleteOnExit();
      }
    }
  }
}
