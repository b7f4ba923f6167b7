package dev.frostline.scheduled;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import dev.frostline.lake.Place;
import dev.frostline.policy.Policy;
import dev.frostline.report.ReportPage;
import dev.frostline.report.ReportText;
import dev.frostline.report.Week;
import dev.frostline.report.WeeklyReport;
import dev.frostline.store.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sns.SnsClient;

/**
 * The function that a schedule starts once a week: writes the report of the week before to {@code
 * FROSTLINE_REPORTS} and, where {@code FROSTLINE_TOPIC} names a topic, sends its beginning there. A
 * {@code week} in the event, such as 2026-W41, asks for another.
 */
public final class ReportHandler
    implements RequestHandler<Map<String, Object>, Map<String, Object>> {
  private static final Duration WEEK = Duration.ofDays(7);
  private static final String SECTION = "\n## ";

  private final String store =
      Environment.required("FROSTLINE_STORE", "s3://BUCKET/PREFIX/frostline.duckdb");
  private final String reports =
      Environment.required("FROSTLINE_REPORTS", "s3://BUCKET/PREFIX/reports");
  private final @Nullable String topic = System.getenv("FROSTLINE_TOPIC");

  /** Writes one report; the answer says where it is. */
  @Override
  public Map<String, Object> handleRequest(
      Map<String, Object> schedule, @Nullable Context context) {
    Week week =
        schedule.get("week") instanceof String asked
            ? Week.parse(asked)
            : Week.of(Instant.now().minus(WEEK));
    try {
      WeeklyReport report = report(week);
      String text = ReportText.markdown(report);
      String name = "frostline-" + week;
      write(name + ".html", ReportPage.html(report));
      write(name + ".md", text);
      String page = reports + "/" + name + ".html";
      return Map.of(
          "week",
          week.toString(),
          "report",
          page,
          "told",
          tell(week, beginning(text) + "\n\n" + page));
    } catch (IOException | SQLException e) {
      throw new IllegalStateException("Cannot report on " + week + ": " + e.getMessage(), e);
    }
  }

  private WeeklyReport report(Week week) throws IOException, SQLException {
    try (StoreObject object = new StoreObject(store);
        Store opened = Store.openReadOnly(object.fetch())) {
      return WeeklyReport.of(opened.connection(), week, Policy.NONE);
    }
  }

  private void write(String key, String content) throws IOException {
    Path file = Files.createTempFile("frostline-", ".report");
    try (Place place = Place.at(reports, null)) {
      Files.writeString(file, content);
      place.write(key, file);
    } finally {
      Files.delete(file);
    }
  }

  /** The head of the report and its first section: what to act on. */
  private static String beginning(String text) {
    int second = text.indexOf(SECTION, text.indexOf(SECTION) + 1);
    return (second < 0 ? text : text.substring(0, second)).strip();
  }

  private boolean tell(Week week, String message) {
    if (topic == null || topic.isEmpty()) {
      return false;
    }
    try (SnsClient client = SnsClient.create()) {
      client.publish(
          publish -> publish.topicArn(topic).subject("Frostline " + week).message(message));
    }
    return true;
  }
}
