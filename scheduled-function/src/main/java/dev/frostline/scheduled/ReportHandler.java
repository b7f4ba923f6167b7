package dev.frostline.scheduled;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import dev.frostline.lake.AcceptedBeside;
import dev.frostline.lake.Place;
import dev.frostline.lake.PolicyFile;
import dev.frostline.policy.Acknowledgement;
import dev.frostline.policy.Acknowledgements;
import dev.frostline.policy.Policy;
import dev.frostline.report.Links;
import dev.frostline.report.Mail;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.ses.SesClient;
import software.amazon.awssdk.services.sns.SnsClient;

/**
 * The function that a schedule starts once a week: writes the report of the week before to {@code
 * FROSTLINE_REPORTS} and tells of it: by mail from {@code FROSTLINE_MAIL_FROM} to {@code
 * FROSTLINE_MAIL_TO}, and as text to the topic of {@code FROSTLINE_TOPIC}. Budgets and owners are
 * those of {@code frostline.toml} in the folder above the reports, where {@code frostline ack
 * --lake} puts what was accepted too. {@code FROSTLINE_PAGE} is the address of {@code frostline
 * serve}, where it has one. A {@code week} in the event, such as 2026-W41, asks for another.
 */
public final class ReportHandler
    implements RequestHandler<Map<String, Object>, Map<String, Object>> {
  private static final Duration WEEK = Duration.ofDays(7);

  /** SNS takes a subject of fewer than 100 ASCII characters. */
  private static final int LONGEST_SUBJECT = 99;

  private final String store =
      Environment.required("FROSTLINE_STORE", "s3://BUCKET/PREFIX/frostline.duckdb");
  private final String reports =
      Environment.required("FROSTLINE_REPORTS", "s3://BUCKET/PREFIX/reports");
  private final String topic = Environment.optional("FROSTLINE_TOPIC");
  private final String from = Environment.optional("FROSTLINE_MAIL_FROM");
  private final String to = Environment.optional("FROSTLINE_MAIL_TO");
  private final String page = Environment.optional("FROSTLINE_PAGE").replaceFirst("/+$", "");

  /** Writes one report; the answer says where it is and who was told. */
  @Override
  public Map<String, Object> handleRequest(
      Map<String, Object> schedule, @Nullable Context context) {
    Week week =
        schedule.get("week") instanceof String asked
            ? Week.parse(asked)
            : Week.of(Instant.now().minus(WEEK));
    try (Place place = Place.at(reports, null);
        Place beside = Place.at(above(reports), null)) {
      Policy policy = PolicyFile.beside(beside);
      WeeklyReport report = report(week, policy, new AcceptedBeside(beside).all());
      Links links = new Links(page.isEmpty() ? null : page, policy);
      String name = "frostline-" + week + ".html";
      String html = ReportPage.html(report, links);
      write(place, name, html);
      write(place, "frostline-" + week + ".md", ReportText.markdown(report));
      Map<String, Object> answer = new LinkedHashMap<>();
      answer.put("week", week.toString());
      answer.put("report", reports + "/" + name);
      answer.put("mailed", mail(report, links, name, html));
      answer.put("told", tell(report, links, place, name));
      return answer;
    } catch (IOException | SQLException e) {
      throw new IllegalStateException("Cannot report on " + week + ": " + e.getMessage(), e);
    }
  }

  private static String above(String folder) {
    return folder.replaceFirst("/+[^/]*/*$", "");
  }

  /** The store is a copy of this run's own: what was accepted is added to it, and goes with it. */
  private WeeklyReport report(Week week, Policy policy, List<Acknowledgement> accepted)
      throws IOException, SQLException {
    try (StoreObject object = new StoreObject(store);
        Store opened = Store.open(object.fetch())) {
      Acknowledgements acknowledgements = new Acknowledgements(opened.connection());
      for (Acknowledgement one : accepted) {
        acknowledgements.add(one);
      }
      return WeeklyReport.of(opened.connection(), week, policy);
    }
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

  private boolean mail(WeeklyReport report, Links links, String name, String html) {
    if (from.isEmpty() || to.isEmpty()) {
      return false;
    }
    List<String> receivers = List.of(to.split("[\\s,]+", -1));
    byte[] message =
        Mail.of(report, links, links.week(report.week())).message(from, receivers, name, html);
    try (SesClient client = SesClient.create()) {
      client.sendRawEmail(
          send ->
              send.source(from)
                  .destinations(receivers)
                  .rawMessage(raw -> raw.data(SdkBytes.fromByteArray(message))));
    }
    return true;
  }

  private boolean tell(WeeklyReport report, Links links, Place place, String name)
      throws IOException {
    if (topic.isEmpty()) {
      return false;
    }
    String whole = page.isEmpty() ? place.link(name, WEEK) : links.week(report.week());
    Mail mail = Mail.of(report, links, whole);
    try (SnsClient client = SnsClient.create()) {
      client.publish(
          publish ->
              publish
                  .topicArn(topic)
                  .subject(mail.asciiSubject(LONGEST_SUBJECT))
                  .message(mail.text()));
    }
    return true;
  }
}
