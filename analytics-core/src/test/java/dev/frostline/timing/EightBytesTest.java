package dev.frostline.timing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class EightBytesTest {
  private static final String CHARACTERS = "0123456789    \t/:x\u007f\u00ff";

  @Test
  void digitsAndPaddedNumbers_areWhatTheirTextSays() {
    Random random = new Random(7);
    int numbers = 0;
    for (int i = 0; i < 200_000; i++) {
      StringBuilder text = new StringBuilder();
      int blanks = random.nextInt(9);
      int known = random.nextInt(10) == 0 ? CHARACTERS.length() : 10;
      while (text.length() < 8) {
        char next = CHARACTERS.charAt(random.nextInt(known));
        text.append(text.length() < blanks ? ' ' : next);
      }
      long word = EightBytes.at(text.toString().getBytes(StandardCharsets.ISO_8859_1), 0);
      boolean isNumber = text.toString().matches(" *\\d+");
      long expected = isNumber ? Long.parseLong(text.toString().strip()) : -1;
      numbers += isNumber ? 1 : 0;
      assertEquals(expected, EightBytes.padded(word), () -> "'" + text + "'");
      assertEquals(
          text.toString().matches("\\d{8}") ? expected : -1,
          EightBytes.digits(word),
          () -> "'" + text + "'");
    }
    assertTrue(numbers > 100_000 && numbers < 199_000, "" + numbers);
  }

  @Test
  void beginnings_ofAnyLength() {
    byte[] text = "import time: a".getBytes(StandardCharsets.US_ASCII);
    for (int from = 0; from <= text.length; from++) {
      for (int length = 0; from + length <= text.length; length++) {
        byte[] word =
            new String(text, from, length, StandardCharsets.US_ASCII)
                .getBytes(StandardCharsets.US_ASCII);
        assertTrue(EightBytes.startsWith(text, from, text.length, word));
        assertFalse(EightBytes.startsWith(text, from, from + length - 1, word));
        for (int i = 0; i < length; i++) {
          byte[] other = word.clone();
          other[i] ^= 1;
          assertFalse(EightBytes.startsWith(text, from, text.length, other));
        }
      }
    }
  }
}
