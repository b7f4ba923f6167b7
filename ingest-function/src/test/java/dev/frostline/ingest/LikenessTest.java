package dev.frostline.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A file that is no log is never passed over in silence. */
final class LikenessTest {
  @TempDir Path folder = Path.of("");

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "<!DOCTYPE html>|<html><body>|START RequestId|</body></html>; a web page",
        "<?xml version=`1.0`?>|<log>|<line>x</line>|</log>; XML",
        "| Date | Text |~--~| 1 | START |~| 2 | END |; a table",
        "Date,Text|1,START|2,END|3,REPORT; a CSV table",
        "name: x|version: 2|steps: 3; YAML or settings",
        "hello|world|again; text that is no log of Lambda",
        "%PDF-1.7|x; a PDF",
        "7z\u00bc\u00af'; a 7z archive: unpack it",
        "a\0b\0\0\0c; binary data",
      })
  void strangeFile_isToldByWhatItLooksLike(String content, String looksLike) throws IOException {
    String text =
        content.indexOf('~') < 0 ? content.replace('|', '\n') : content.replace('~', '\n');
    Reading read = read(text.getBytes(StandardCharsets.ISO_8859_1));
    assertEquals(0, read.tally().keptEvents());
    String why = String.valueOf(read.tally().unknownForm());
    assertTrue(why.startsWith("no known form: looks like " + looksLike), why);
    assertEquals(read.tally().received(), rejected(read) + read.tally().notOursEvents());
  }

  @Test
  void zipWithinGzip_isTold() throws IOException {
    String why =
        String.valueOf(read(Reading.gzip(Reading.utf8("PK\3\4..."))).tally().unknownForm());
    assertTrue(why.endsWith("a zip archive within what was unpacked: unpack it"), why);
  }

  @Test
  void traceAmongItsProgramsOutput_isNoStrangeFile() throws IOException {
    Reading read = read(Reading.utf8("import time: 1 | 1 | a\n" + "hello\n".repeat(8)));
    assertNull(read.tally().unknownForm());
    assertEquals("9 = 1 + 8 + {}", read.counts());
    Reading lost = read(Reading.utf8("import time: 1 | 1 | a\n" + "hello\n".repeat(80)));
    assertEquals(80, rejected(lost));
    assertEquals(1, lost.tally().keptEvents());
  }

  @Test
  void firstLine_neverDecidesForTheRest() throws IOException {
    String row = "import time: 1 | 1 | a\n";
    String json = "{\n  \"StatusCode\": 200\n}\n";
    String tail = "2026-09-21T10:00:30 INIT_START Runtime Version: python:3.13.v43\n";
    String[] parts = {json, "$ aws logs tail /aws/lambda/demo\n", tail, row};
    for (int first = 0; first < parts.length; first++) {
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < parts.length; i++) {
        text.append(parts[(first + i) % parts.length]);
      }
      Reading read = read(Reading.utf8(text.toString()));
      String lines = read.streams().toString();
      assertTrue(lines.contains("InitStart") && lines.contains("name=a"), text + lines);
    }
  }

  private static long rejected(Reading read) {
    return read.tally().rejects().values().stream().mapToLong(Long::longValue).sum();
  }

  private Reading read(byte[] content) throws IOException {
    return Reading.of(Reading.write(folder, "input", content), Reading.ofFunction("demo"));
  }
}
