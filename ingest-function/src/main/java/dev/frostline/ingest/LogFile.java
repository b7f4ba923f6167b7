package dev.frostline.ingest;

import dev.frostline.timing.Sha256;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * A file of logs in any form that Frostline knows, told by its content: packed or plain, JSON, text
 * or both. {@link Compression}, {@link JsonLogs} and {@link TextLogs} list the forms.
 */
public final class LogFile {
  private static final int BUFFER = 1 << 16;

  /** An export task writes one folder a stream, with "-" for the slashes of its name. */
  private static final Pattern EXPORTED_STREAM =
      Pattern.compile("(\\d{4})-(\\d\\d)-(\\d\\d)-(.*\\[.+\\]\\w+)");

  private final Path path;
  private final Origin origin;

  /**
   * A file.
   *
   * @param origin what is known about it besides its content
   */
  public LogFile(Path path, Origin origin) {
    this.path = path;
    this.origin = origin;
  }

  /**
   * Reads the whole file into the sink and returns the counts.
   *
   * @throws UndecodableException when it cannot be decoded; what the sink was given must not be
   *     kept then
   * @throws IOException when it cannot be read
   */
  public LineTally read(TimingLineSink sink) throws IOException {
    try {
      return readContent(sink);
    } catch (ZipException | EOFException e) {
      throw new UndecodableException(String.valueOf(e.getMessage()), e);
    }
  }

  private LineTally readContent(TimingLineSink sink) throws IOException {
    try (InputStream file = new BufferedInputStream(Files.newInputStream(path), BUFFER)) {
      if (!Zip.begins(file)) {
        return readContent(file, folderOf(path.toAbsolutePath().toString()), "", sink);
      }
      LineTally tally = new LineTally();
      Zip zip = new Zip(file);
      for (String name = zip.next(); name != null; name = zip.next()) {
        String strange = Likeness.ofArchive(name);
        if (strange != null) {
          return LineTally.ofRejected(strange);
        }
        tally.add(readContent(zip.content(), folderOf(name), "!" + name, sink));
      }
      return tally;
    }
  }

  /**
   * Reads the file, or a file in an archive.
   *
   * @param within what tells it from the others in the archive
   */
  private LineTally readContent(
      InputStream packed, String folder, String within, TimingLineSink sink) throws IOException {
    String exported = exportedStream(folder);
    Supplier<String> stream = exported == null ? () -> traceStream(within) : () -> exported;
    JsonLogs json = new JsonLogs(origin, null);
    LooseEvents loose =
        new LooseEvents(
            json.events(), origin, stream, Files.getLastModifiedTime(path).toMillis(), sink);
    InputStream content = Encoding.utf8(Compression.unpacked(packed));
    String strange = Likeness.ofBytes(Encoding.head(content));
    return strange == null
        ? new LogContent(loose, json, sink).read(content)
        : LineTally.ofRejected(strange);
  }

  /**
   * Name of a stream that the file does not name: the same for the same content, wherever the file
   * lies.
   */
  private String traceStream(String within) {
    String version = origin.version() == null ? "$LATEST" : origin.version();
    try {
      String key = Sha256.hex(path);
      return "trace/["
          + version
          + "]"
          + (within.isEmpty() ? key : Long.toHexString(Sha256.id(key, within)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String folderOf(String name) {
    String[] parts = name.replace('\\', '/').split("/", -1);
    return parts.length < 2 ? "" : parts[parts.length - 2];
  }

  private static @Nullable String exportedStream(String folder) {
    Matcher parts = EXPORTED_STREAM.matcher(folder);
    return parts.matches()
        ? parts.group(1) + "/" + parts.group(2) + "/" + parts.group(3) + "/" + parts.group(4)
        : null;
  }
}
