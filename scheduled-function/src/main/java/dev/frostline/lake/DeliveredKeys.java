package dev.frostline.lake;

import dev.frostline.ingest.DeliveredLogs;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The keys of {@link DeliveredLogs} in a bucket. They lie apart by log group, and within it by day
 * and hour where the key names them: {@code
 * AWSLogs/ACCOUNT/REGION/_aws_lambda_NAME/2026/10/04/06/_….log.zst}.
 */
final class DeliveredKeys {
  private static final Pattern DATED = Pattern.compile("(.*?/)(\\d{4}/\\d\\d/\\d\\d/)(\\d\\d/)?.*");
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("yyyy/MM/dd/").withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter HOUR =
      DateTimeFormatter.ofPattern("yyyy/MM/dd/HH/").withZone(ZoneOffset.UTC);

  private DeliveredKeys() {}

  /** All of them. */
  static List<String> all(Place place) throws IOException {
    return place.keys(DeliveredLogs.FOLDER).stream().filter(DeliveredLogs::isKey).toList();
  }

  /**
   * Those from an hour on, and those that name no day. It takes about a request for each thousand
   * keys, or for each log group where these are fewer: a page that ends among older days of a group
   * goes on behind them.
   */
  static List<String> since(Place place, Instant hour) throws IOException {
    List<String> keys = new ArrayList<>();
    List<String> page = place.keysAfter(DeliveredLogs.FOLDER, "");
    while (!page.isEmpty()) {
      for (String key : page) {
        if (DeliveredLogs.isKey(key) && !isBefore(key, hour)) {
          keys.add(key);
        }
      }
      String last = page.get(page.size() - 1);
      String first = first(last, hour);
      String next = first == null || last.compareTo(first) >= 0 ? last : first;
      page = place.keysAfter(DeliveredLogs.FOLDER, next);
    }
    return keys;
  }

  private static boolean isBefore(String key, Instant hour) {
    String first = first(key, hour);
    return first != null && key.compareTo(first) < 0;
  }

  /** What the keys of that hour begin with, next to this one; null where it names no day. */
  private static @Nullable String first(String key, Instant hour) {
    Matcher dated = DATED.matcher(key);
    if (!dated.matches()) {
      return null;
    }
    return dated.group(1) + (dated.group(3) == null ? DAY : HOUR).format(hour);
  }
}
