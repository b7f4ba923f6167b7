package dev.frostline.agent;

/** {@code 2026-11-22T13:01:27Z}, without java.time, which a small function may never load. */
final class UtcTime {
  private static final long DAY = 86_400;
  private static final int DAYS_OF_ERA = 146_097;

  private UtcTime() {}

  static String now() {
    return of(System.currentTimeMillis() / 1000);
  }

  /** Years are counted from March, so that the leap day is the last of its year. */
  static String of(long epochSecond) {
    long day = epochSecond / DAY + 719_468;
    long era = day / DAYS_OF_ERA;
    long ofEra = day % DAYS_OF_ERA;
    long yearOfEra = (ofEra - ofEra / 1460 + ofEra / 36_524 - ofEra / 146_096) / 365;
    long ofYear = ofEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
    long fromMarch = (5 * ofYear + 2) / 153;
    long month = fromMarch < 10 ? fromMarch + 3 : fromMarch - 9;
    StringBuilder text = new StringBuilder(20);
    text.append(yearOfEra + era * 400 + (month <= 2 ? 1 : 0));
    two(text, '-', month);
    two(text, '-', ofYear - (153 * fromMarch + 2) / 5 + 1);
    two(text, 'T', epochSecond % DAY / 3600);
    two(text, ':', epochSecond % 3600 / 60);
    two(text, ':', epochSecond % 60);
    return text.append('Z').toString();
  }

  private static void two(StringBuilder text, char before, long value) {
    text.append(before).append((char) ('0' + value / 10)).append((char) ('0' + value % 10));
  }
}
