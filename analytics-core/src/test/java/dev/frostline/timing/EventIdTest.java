package dev.frostline.timing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class EventIdTest {
  private static final BigInteger WORD = BigInteger.ONE.shiftLeft(64);

  @Test
  void decimalIds_areTheNumberTheySpell() {
    Random random = new Random(11);
    for (int i = 0; i < 20_000; i++) {
      BigInteger number = new BigInteger(64 + random.nextInt(123), random).add(WORD);
      if (number.toString().length() <= 56) {
        assertEquals(number.toString(), EventId.parse(number.toString()).toString());
      }
    }
    String highest = "9".repeat(56);
    assertEquals(highest, EventId.parse(highest).toString());
  }

  @Test
  void order_isThatOfTheNumbers() {
    Random random = new Random(12);
    for (int i = 0; i < 20_000; i++) {
      BigInteger one = new BigInteger(186, random).add(WORD);
      BigInteger other = one.add(new BigInteger(random.nextInt(186), random));
      int order = EventId.parse(one.toString()).compareTo(EventId.parse(other.toString()));
      assertEquals(one.compareTo(other), Integer.signum(order));
    }
  }

  @Test
  void otherIds_areHashed_andSortBehind() {
    EventId number = EventId.parse("9".repeat(56));
    for (String text :
        new String[] {"", "5", "eventId1", "-1", "1 ", "9".repeat(57), "18446744073709551615"}) {
      EventId id = EventId.parse(text);
      assertFalse(id.isOrdinal(), text);
      assertTrue(id.compareTo(number) > 0, text);
      assertEquals(id, EventId.parse(text));
    }
    assertNotEquals(EventId.parse("a"), EventId.parse("b"));
  }

  @Test
  void ordinals_areToldFromIds() {
    assertTrue(EventId.ordinal(7).isOrdinal());
    assertFalse(EventId.parse("18446744073709551616").isOrdinal());
    assertEquals("7", EventId.ordinal(7).toString());
  }
}
