package dev.frostline.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class FigureTest {
  @Test
  void milliseconds_haveThreeSignificantDigits() {
    assertEquals("412 ms", Figure.ms(411.6));
    assertEquals("9.99 ms", Figure.ms(9.99));
    assertEquals("10.0 ms", Figure.ms(9.996));
    assertEquals("999 ms", Figure.ms(999.4));
    assertEquals("1.00 s", Figure.ms(999.6));
    assertEquals("1.92 s", Figure.ms(1920));
    assertEquals("–", Figure.ms(Double.NaN));
  }

  @Test
  void changes_alwaysHaveTheirSign() {
    assertEquals("+277 ms", Figure.change(277));
    assertEquals("−345 ms", Figure.change(-345));
    assertEquals("+67.0 %", Figure.changePct(67));
    assertEquals("−1 min 30 s", Figure.addedDuration(-90_000));
  }

  @Test
  void durations_growWithTheirUnit() {
    assertEquals("34.2 s", Figure.duration(34_200));
    assertEquals("12 min 18 s", Figure.duration(738_000));
    assertEquals("4 h 6 min", Figure.duration(14_760_000));
    assertEquals("1 min", Figure.duration(59_990));
    assertEquals("1 h", Figure.duration(3_599_800));
    assertEquals("1,000 h", Figure.duration(3_600_000_000.0));
  }

  @Test
  void almostAll_isNotAll() {
    assertEquals("99.9 %", Figure.share(0.99999));
    assertEquals("100 %", Figure.share(1));
    assertEquals("0 %", Figure.share(0));
  }

  @Test
  void smallCosts_keepTwoDigits() {
    assertEquals("$0.0035", Figure.usd(0.00349));
    assertEquals("$12.30", Figure.usd(12.3));
    assertEquals("$1,234.00", Figure.usd(1234));
    assertEquals("$0.00", Figure.usd(0));
    assertEquals("−$0.50", Figure.usd(-0.5));
    assertEquals("under $0.00001", Figure.usd(1e-9));
  }

  @Test
  void settings_areShownAsTheyWereSet() {
    assertEquals("2", Figure.plain(2.0));
    assertEquals("10", Figure.plain(10.0));
    assertEquals("0.5", Figure.plain(0.5));
  }
}
