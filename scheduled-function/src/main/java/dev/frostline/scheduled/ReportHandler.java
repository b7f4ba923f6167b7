package dev.frostline.scheduled;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import dev.frostline.lake.LakeCopy;
import dev.frostline.lake.Place;
import dev.frostline.lake.PolicyFile;
import dev.frostline.lake.ScratchFolder;
import dev.frostline.notify.Outcome;
import dev.frostline.notify.Sending;
import dev.frostline.notify.WeeklyNotice;
import dev.frostline.policy.Policy;
import dev.frostline.report.Links;
import dev.frostline.report.ReportPage;
import dev.frostline.report.ReportText;
import dev.frostline.report.Week;
import dev.frostline.report.WeeklyReport;
import dev.frostline.report.Weeks;
import dev.frostline.report.picture.WeekPictures;
import dev.frostline.store.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The function that a schedule starts once a week: writes the report of the week before to {@code
 * FROSTLINE_REPORTS} and tells of it: the whole to those named by {@link Sending}, to each owner
 * its part. Budgets, owners and their channels are those of {@code frostline.toml} in the folder
 * above the reports, where {@code frostline ack} puts what was accepted too. A {@code week} in the
 * event, such as 2026-W41, asks for another.
 */
public final class ReportHandler
    implements RequestHandler<Map<String, Object>, Map<String, Object>> {
  private static final Duration WEEK = Duration.ofDays(7);

  private final String lake = Environment.required("FROSTLINE_LAKE", "s3://BUCKET/PREFIX/lake");
  private final String reports =
      Environment.required("FROSTLINE_REPORTS", "s3://BUCKET/PREFIX/reports");
  private final Sending sending = Sending.of(System.getenv());

  /** Writes one report; the answer says where it is and who was told. */
  @Override
  public Map<String, Object> handleRequest(
      Map<String, Object> schedule, @Nullable Context context) {
    Week week =
        schedule.get("week") instanceof String asked
            ? Week.parse(asked)
            : Week.of(Instant.now().minus(WEEK));
    try (Place place = Place.at(reports, null);
        Place beside = Place.at(Place.above(reports), null);
        Place rows = Place.at(lake, null);
        ScratchFolder folder = new ScratchFolder()) {
      Path copy = folder.path().resolve("lake.duckdb");
      LakeCopy lakeCopy = new LakeCopy(rows, copy);
      lakeCopy.update(LakeCopy.Listener.NONE);
      lakeCopy.updateBeside(beside);
      try (Store opened = Store.openReadOnly(copy)) {
        return report(week, PolicyFile.beside(beside), opened.connection(), place);
      }
    } catch (IOException | SQLException e) {
      throw new IllegalStateException("Cannot report on " + week + ": " + e.getMessage(), e);
    }
  }

  private Map<String, Object> report(Week week, Policy policy, Connection store, Place place)
      throws IOException, SQLException {
    Weeks weeks = new Weeks(store, policy);
    WeeklyReport report = weeks.of(week);
    Links links = new Links(sending.page().isEmpty() ? null : sending.page(), policy);
    String name = "frostline-" + week + ".html";
    String page = ReportPage.html(report, links, WeekPictures.read(store, report));
    write(place, name, page);
    write(place, "frostline-" + week + ".md", ReportText.markdown(report));
    Outcome outcome =
        new WeeklyNotice(policy, sending)
            .tell(report, teams -> weeks.of(week, teams), page, place.link(name, WEEK));
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("week", week.toString());
    answer.put("report", reports + "/" + name);
    answer.put("told", outcome.told().stream().map(Outcome.Told::receiver).toList());
    Telling.requireAllTold(outcome);
    return answer;
  }

  private static void write(Place place, String key, String content) throws IOException {
    Path file = Files.createTempFile("frostline-", ".report");
    try {
      Files.writeString(file, content);
      place.write(key, file);
    } finally {
      Files.delete(file);
    }
  }
}
