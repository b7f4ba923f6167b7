package dev.frostline.ingest;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.frostline.timing.EventId;
import dev.frostline.timing.Sha256;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * A file of logs in any form that Frostline knows, told by its content: gzip or plain; a JSON
 * document, JSON by the line, or text. {@link JsonLogs} and {@link TextLogs} list the forms.
 */
public final class LogFile {
  private static final int LONGEST_LINE = 1 << 20;
  private static final int LARGEST_UTF_16_FILE = 128 << 20;
  private static final int SNIFFED = 4096;

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
    try (InputStream content = open()) {
      String head = new String(head(content), StandardCharsets.ISO_8859_1).strip();
      if (beginsList(head)) {
        return readJsonDocument(sink);
      }
      if (head.startsWith("{")) {
        LineTally tally = readJsonLines(content, sink);
        return tally != null ? tally : readJsonDocument(sink);
      }
      return readText(content, sink);
    }
  }

  /**
   * Reads JSON by the line; null when neither the first line nor the second is an object of its
   * own, as in a document over many lines.
   */
  private @Nullable LineTally readJsonLines(InputStream content, TimingLineSink sink)
      throws IOException {
    LineTally tally = new LineTally();
    JsonLogs json = new JsonLogs(origin, null);
    LooseEvents loose = new LooseEvents(json.events(), origin, this::traceStream);
    JsonLogs.Target target = new JsonLogs.Target(sink, tally);
    ByteLines lines = new ByteLines(content, JsonLogs.LARGEST_BATCH);
    UndecodableException first = null;
    int read = 0;
    for (; lines.nextFilled(); read++) {
      try {
        if (lines.isTooLong()) {
          tally.rejected("line longer than 128 MiB");
        } else if (!json.read(lines.buffer(), lines.offset(), lines.length(), loose, target)) {
          tally.rejected("JSON of no known form");
        }
      } catch (JsonProcessingException e) {
        if (read == 0 && !lines.isObjectNext()) {
          return null;
        }
        tally.rejected("line that is not JSON");
      } catch (UndecodableException e) {
        first = read == 0 ? e : first;
        tally.rejected(String.valueOf(e.getMessage()));
      }
    }
    if (read == 1 && first != null) {
      throw first; // a batch that is a whole file fails as one
    }
    tally.add(loose.finish(sink));
    return tally;
  }

  private LineTally readJsonDocument(TimingLineSink sink) throws IOException {
    LineTally tally = new LineTally();
    JsonLogs json = new JsonLogs(origin, null);
    LooseEvents loose = new LooseEvents(json.events(), origin, this::traceStream);
    try (InputStream content = open()) {
      json.readDocument(content, loose, new JsonLogs.Target(sink, tally));
    }
    tally.add(loose.finish(sink));
    return tally;
  }

  private LineTally readText(InputStream content, TimingLineSink sink) throws IOException {
    String exported = exportedStream();
    Supplier<String> stream = exported == null ? this::traceStream : () -> exported;
    LooseEvents loose = new LooseEvents(new EventReader(), origin, stream);
    EventId traceId = new EventId(Long.MIN_VALUE, Sha256.id(traceStream()), 0);
    TextLogs text = new TextLogs(loose, Files.getLastModifiedTime(path).toMillis(), traceId);
    text.read(new ByteLines(content, LONGEST_LINE));
    return loose.finish(sink);
  }

  /**
   * Name of a stream that the file does not name: the same for the same content, wherever the file
   * lies.
   */
  private String traceStream() {
    String version = origin.version() == null ? "$LATEST" : origin.version();
    try {
      return "trace/[" + version + "]" + Sha256.hex(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private @Nullable String exportedStream() {
    Path folder = path.toAbsolutePath().getParent();
    Matcher parts =
        EXPORTED_STREAM.matcher(folder == null ? "" : String.valueOf(folder.getFileName()));
    return parts.matches()
        ? parts.group(1) + "/" + parts.group(2) + "/" + parts.group(3) + "/" + parts.group(4)
        : null;
  }

  private InputStream open() throws IOException {
    InputStream file = new BufferedInputStream(Files.newInputStream(path), 1 << 16);
    try {
      byte[] head = head(file);
      boolean gzip = head.length >= 2 && head[0] == 0x1f && head[1] == (byte) 0x8b;
      return utf8(gzip ? new BufferedInputStream(new Gunzip(file), 1 << 16) : file);
    } catch (IOException e) {
      file.close();
      throw e;
    }
  }

  /**
   * Windows shells redirect in UTF-16; everything else is UTF-8, with or without a byte order mark.
   */
  private static InputStream utf8(InputStream content) throws IOException {
    byte[] head = head(content);
    if (head.length >= 3
        && head[0] == (byte) 0xef
        && head[1] == (byte) 0xbb
        && head[2] == (byte) 0xbf) {
      content.skipNBytes(3);
      return content;
    }
    boolean little = head.length >= 2 && head[0] == (byte) 0xff && head[1] == (byte) 0xfe;
    boolean big = head.length >= 2 && head[0] == (byte) 0xfe && head[1] == (byte) 0xff;
    if (!little && !big) {
      return content;
    }
    content.skipNBytes(2);
    byte[] utf16 = content.readNBytes(LARGEST_UTF_16_FILE + 1);
    if (utf16.length > LARGEST_UTF_16_FILE) {
      throw new UndecodableException("a UTF-16 file of more than 128 MiB");
    }
    Charset charset = little ? StandardCharsets.UTF_16LE : StandardCharsets.UTF_16BE;
    return new BufferedInputStream(
        new ByteArrayInputStream(new String(utf16, charset).getBytes(StandardCharsets.UTF_8)));
  }

  private static boolean beginsList(String head) {
    String inside = head.startsWith("[") ? head.substring(1).strip() : "";
    return inside.startsWith("{") || inside.startsWith("]");
  }

  private static byte[] head(InputStream content) throws IOException {
    content.mark(SNIFFED);
    byte[] head = content.readNBytes(SNIFFED);
    content.reset();
    return head;
  }
}
