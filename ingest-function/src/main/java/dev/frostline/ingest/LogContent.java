package dev.frostline.ingest;

import java.io.IOException;
import java.io.InputStream;

/**
 * What a file of logs holds when it is unpacked: JSON documents, lines of text, or both. Every
 * document and line is told by itself; the first never decides for the rest.
 */
final class LogContent {
  private static final int LONGEST_LINE = 1 << 20;

  private final LineTally tally = new LineTally();
  private final LooseEvents loose;
  private final TextLogs text;
  private final JsonDocuments documents;

  LogContent(LooseEvents loose, JsonLogs json, TimingLineSink sink) {
    this.loose = loose;
    text = new TextLogs(loose);
    documents = new JsonDocuments(json, loose, new JsonLogs.Target(sink, tally));
  }

  /**
   * Reads it to its end and returns the counts.
   *
   * @throws UndecodableException when it is one document of no use and nothing else
   */
  LineTally read(InputStream content) throws IOException {
    ByteLines lines = new ByteLines(content, LONGEST_LINE);
    while (lines.next()) {
      if (lines.isTooLong()) {
        loose.reject("line longer than 1 MiB");
      } else if (!isBetweenDocuments(lines) && !readDocument(lines)) {
        text.take(lines, !documents.isEmpty() && !text.hasBegun());
      }
    }
    text.finish();
    UndecodableException refusal = documents.refusal();
    if (refusal != null && !loose.hasKept()) {
      throw refusal;
    }
    tally.add(loose.finish(tally.received()));
    return tally;
  }

  private boolean isBetweenDocuments(ByteLines lines) {
    return !documents.isEmpty() && !text.hasBegun() && lines.isBlank();
  }

  /** Within an event of several lines a document is part of it. */
  private boolean readDocument(ByteLines lines) throws IOException {
    if (text.isInsideEvent(lines) && !JsonDocuments.isBatch(lines)) {
      return false;
    }
    return documents.read(lines, text.hasBegun());
  }
}
