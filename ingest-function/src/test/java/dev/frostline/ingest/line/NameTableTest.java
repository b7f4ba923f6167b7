package dev.frostline.ingest.line;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class NameTableTest {
  /** A row whose name was forgotten takes ten times as long as one whose name is known. */
  @Test
  void namesOfAProgram_areAllKept() {
    NameTable names = new NameTable();
    String[] kept = new String[1000];
    for (int i = 0; i < kept.length; i++) {
      byte[] name = name(i);
      assertNull(names.known(name, 0, name.length));
      kept[i] = names.name(name, 0, name.length);
    }
    for (int i = 0; i < kept.length; i++) {
      byte[] row =
          ("import time: | " + new String(name(i), StandardCharsets.US_ASCII))
              .getBytes(StandardCharsets.US_ASCII);
      assertSame(kept[i], names.known(row, row.length - kept[i].length(), row.length));
    }
  }

  @Test
  void moreNamesThanThereIsRoomFor_areStillRead() {
    NameTable names = new NameTable();
    for (int i = 0; i < 100_000; i++) {
      byte[] name = ("m" + i).getBytes(StandardCharsets.US_ASCII);
      assertEquals("m" + i, names.name(name, 0, name.length));
    }
  }

  private static byte[] name(int number) {
    String top = "pkg" + number % 37;
    String name = number % 3 == 0 ? "m" + number : top + ".part" + number % 11 + ".m" + number;
    return name.getBytes(StandardCharsets.US_ASCII);
  }
}
