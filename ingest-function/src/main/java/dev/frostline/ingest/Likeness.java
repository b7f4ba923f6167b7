package dev.frostline.ingest;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a file looks like that is no log of a known form, and what of it would be read. It is told
 * rather than passed over: who brings a file expects something of it.
 */
final class Likeness {
  /** What every such reason begins with. */
  static final String NO_KNOWN_FORM = "no known form: looks like ";

  private static final int SAMPLES = 20;
  private static final int LONGEST_SAMPLE = 200;
  private static final Pattern KEY = Pattern.compile("\\s*(?:- )?[\\w@.-]+:(?: .*)?");
  private static final Pattern BASE_64 = Pattern.compile("[A-Za-z0-9+/]{64,}=*");

  /** First bytes of files that are no text, one a character, and what to do about each. */
  private static final List<Magic> MAGICS =
      List.of(
          new Magic(0, "\u00fd7zXZ", "xz data: unpack it"),
          new Magic(0, "7z\u00bc\u00af", "a 7z archive: unpack it"),
          new Magic(0, "PK\u0003\u0004", "a zip archive within what was unpacked: unpack it"),
          new Magic(0, "Rar!", "a rar archive: unpack it"),
          new Magic(0, "\u0004\"M\u0018", "lz4 data: unpack it"),
          new Magic(0, "\u00ff\u0006\u0000\u0000sNaPpY", "snappy data: unpack it"),
          new Magic(0, "LZIP", "lzip data: unpack it"),
          new Magic(257, "ustar", "a tar archive: unpack it"),
          new Magic(8, "DUCK", "a DuckDB database: stores are not read as logs"),
          new Magic(0, "PAR1", "a Parquet file: bring the log as the service wrote it"),
          new Magic(0, "Obj\u0001", "an Avro file: bring the log as the service wrote it"),
          new Magic(0, "ORC", "an ORC file: bring the log as the service wrote it"),
          new Magic(0, "SQLite format 3", "an SQLite database: bring the log itself"),
          new Magic(0, "%PDF-", "a PDF: copy the log as text"),
          new Magic(0, "{\\rtf", "rich text: save it as plain text"),
          new Magic(0, "\u0089PNG", "a picture: copy the log as text"),
          new Magic(0, "\u00ff\u00d8\u00ff", "a picture: copy the log as text"),
          new Magic(0, "GIF8", "a picture: copy the log as text"),
          new Magic(0, "\u00d0\u00cf\u0011\u00e0", "an office document: save it as text or CSV"),
          new Magic(0, "\u007fELF", "a program"),
          new Magic(0, "\u00ca\u00fe\u00ba\u00be", "a Java class"));

  private final List<String> samples = new ArrayList<>();

  private record Magic(int at, String bytes, String looksLike) {}

  /** The reason against content that begins like that, if it is no text; else null. */
  static @Nullable String ofBytes(byte[] head) {
    String text = new String(head, StandardCharsets.ISO_8859_1);
    for (Magic magic : MAGICS) {
      if (text.startsWith(magic.bytes(), magic.at())) {
        return NO_KNOWN_FORM + magic.looksLike();
      }
    }
    int nuls = 0;
    for (byte one : head) {
      nuls += one == 0 ? 1 : 0;
    }
    return nuls > head.length / 16 ? NO_KNOWN_FORM + "binary data: unpack or export it" : null;
  }

  /** The reason against a file in an archive whose first file has that name; null for none. */
  static @Nullable String ofArchive(String firstName) {
    return firstName.equals("[Content_Types].xml")
        ? NO_KNOWN_FORM + "an office document: save it as text or CSV"
        : null;
  }

  /** Takes a line that nothing was known by. */
  void add(String line) {
    if (samples.size() < SAMPLES) {
      samples.add(line.substring(0, Math.min(line.length(), LONGEST_SAMPLE)).strip());
    }
  }

  /** The reason against the lines. */
  String reason() {
    return NO_KNOWN_FORM + looksLike();
  }

  private String looksLike() {
    String first = samples.isEmpty() ? "" : samples.get(0).toLowerCase(Locale.ROOT);
    if (first.startsWith("<!doctype html") || first.startsWith("<html")) {
      return "a web page: save the log as text, CSV or JSON";
    }
    if (first.startsWith("<?xml") || most(line -> line.startsWith("<"))) {
      return "XML: bring the log as text, CSV or JSON";
    }
    if (most(line -> line.startsWith("|") || AsciiRows.isBorder(line))) {
      return "a table: read are those with columns timestamp and message";
    }
    if (most(line -> line.startsWith("{") || line.startsWith("[") || line.startsWith("\""))) {
      return "JSON that is broken: bring whole documents";
    }
    if (most(line -> BASE_64.matcher(line).matches())) {
      return "base64: decode it";
    }
    if (most(line -> commas(line) > 0 && commas(line) == commas(first))) {
      return "a CSV table: read are those with columns timestamp and message";
    }
    if (most(line -> KEY.matcher(line).matches())) {
      return "YAML or settings: read are answers of aws logs";
    }
    return "text that is no log of Lambda: see frostline ingest --help for what is read";
  }

  private static long commas(String line) {
    return line.chars().filter(next -> next == ',' || next == ';' || next == '\t').count();
  }

  private boolean most(Predicate<String> like) {
    return samples.stream().filter(like).count() * 2 > samples.size();
  }
}
