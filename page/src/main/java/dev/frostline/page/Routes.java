package dev.frostline.page;

import dev.frostline.page.sql.SqlDesk;
import dev.frostline.page.sql.SqlRequest;
import dev.frostline.policy.Acknowledgement;
import dev.frostline.report.WeeklyReport.FunctionId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Which address shows which view: a fixed table, no path ever names a file. */
final class Routes {
  private static final int LONGEST_STATEMENT = 1 << 20;
  private static final Duration JUDGED_WITHIN = Duration.ofSeconds(30);

  private final Terms terms;
  private final SqlDesk desk;
  private final Snapshots snapshots;
  private final SqlRuns runs = new SqlRuns();

  Routes(Terms terms, SqlDesk desk, Snapshots snapshots) {
    this.terms = terms;
    this.desk = desk;
    this.snapshots = snapshots;
  }

  /**
   * The view at an address: as a page, which does not wait for verdicts, or as one of its twins,
   * which do; {@code /judged} answers when they are there.
   */
  Response answer(Address address, Snapshot snapshot, Frame.Reader reader, Places.Request request)
      throws SQLException, IOException, Places.FullException {
    for (String ending : List.of("json", "csv")) {
      if (address.path().endsWith("." + ending)) {
        String path = address.path().substring(0, address.path().length() - ending.length() - 1);
        View view = judged(new Address(path, address.parameters()), snapshot, request);
        return ending.equals("json") ? Twin.json(view) : Twin.csv(view, address.parameter("table"));
      }
    }
    if (address.path().equals("/judged")) {
      request.leave();
      boolean judged = snapshot.isJudged(JUDGED_WITHIN);
      return Response.text(judged ? 200 : 202, judged ? "judged" : "judging");
    }
    List<String> names = address.segments();
    String from = address.parameter("from");
    String to = address.parameter("to");
    if (names.size() == 4 && names.get(0).equals("f") && from != null && to != null) {
      return Response.seeOther(
          Address.comparison(names.get(1), names.get(2), names.get(3), from, to).toString());
    }
    boolean isNamed = !reader.name().isEmpty();
    DrawnPages.Drawing drawing = () -> page(address, snapshot, isNamed);
    Drawn page =
        names.get(0).equals("sql") // whose answers come and go
            ? drawing.draw()
            : snapshot.pages().of(moment(address) + " " + isNamed + " " + address, drawing);
    return page.to(reader);
  }

  private Drawn page(Address address, Snapshot snapshot, boolean isNamed)
      throws SQLException, IOException {
    View view = view(address, snapshot).onStore(terms.store());
    return Pages.page(view, address, snapshot.freshness(), isNamed);
  }

  /** How long a page stays as it is: "7d" moves with the clock, "52 days ago" with the day. */
  private static Instant moment(Address address) {
    boolean moves = address.parameter("since") != null || address.parameter("until") != null;
    return Instant.now().truncatedTo(moves ? ChronoUnit.MINUTES : ChronoUnit.HOURS);
  }

  private View judged(Address address, Snapshot snapshot, Places.Request request)
      throws SQLException, IOException, Places.FullException {
    View view = view(address, snapshot);
    while (view.judging()) {
      request.leave();
      snapshot.isJudged(JUDGED_WITHIN);
      request.take();
      view = view(address, snapshot);
    }
    return view;
  }

  private View view(Address address, Snapshot snapshot) throws SQLException, IOException {
    String[] raw = address.path().substring(1).split("/", -1);
    List<String> names = address.segments();
    Period period = Period.of(address, terms.times());
    String place = names.size() + " " + names.get(0);
    return switch (place) {
      case "1 ", "1 fleet" -> FleetView.of(address, snapshot, period, terms.policy());
      case "1 changes" -> ChangesView.of(address, snapshot, terms);
      case "1 health" -> HealthView.of(snapshot);
      case "1 sql" -> {
        desk.warm();
        yield SqlView.of(address, snapshot, runs);
      }
      case "2 c" -> ColdStartView.of(names.get(1), snapshot);
      case "3 i" -> ImportView.of(address, names.get(1), names.get(2), snapshot, period);
      case "4 f" ->
          new FunctionView(
                  new FunctionId(names.get(1), names.get(2), names.get(3)), snapshot, period, terms)
              .view(address);
      case "5 f" -> {
        if (!raw[4].contains("..")) {
          yield DeploymentView.of(
              new FunctionId(names.get(1), names.get(2), names.get(3)),
              names.get(4),
              snapshot,
              terms);
        }
        yield CompareView.of(
            new FunctionId(names.get(1), names.get(2), names.get(3)),
            raw[4],
            address.parameter("until"),
            snapshot,
            terms);
      }
      default -> throw new NotThereException("There is no view at " + address.path() + ".");
    };
  }

  /**
   * Runs the statement of a form and leads to its answer.
   *
   * @throws TooLargeException when it is longer than a statement may be
   */
  Response run(Map<String, String> form, Snapshot snapshot)
      throws SqlDesk.BusyException, TooLargeException {
    String sql = form.getOrDefault("q", "").strip();
    if (sql.getBytes(StandardCharsets.UTF_8).length > LONGEST_STATEMENT) {
      throw new TooLargeException();
    }
    String named = form.getOrDefault("run", "");
    String run = named.isEmpty() ? UUID.randomUUID().toString() : named;
    Map<String, String> parameters = SqlView.parameters(form);
    SqlRequest request = new SqlRequest(snapshot.file().toString(), sql, parameters);
    runs.keep(run, new SqlRuns.Run(sql, desk.run(run, request)));
    return Response.seeOther(SqlView.address(sql, run, parameters).toString());
  }

  /**
   * Keeps what a form accepts, or takes it back, and leads to the comparison again.
   *
   * @param name who accepts it; empty for who started the page
   */
  Response accept(Map<String, String> form, Snapshot snapshot, String name, Places.Request request)
      throws IOException, SQLException {
    Accepting accepting = Accepting.of(form, snapshot);
    request.leave(); // a lake may take its time to keep it
    if (form.containsKey("back")) {
      Acknowledgement held = accepting.held(snapshot);
      if (held != null) {
        snapshots.write(source -> source.takeBack(held));
      }
    } else {
      Acknowledgement given =
          accepting.given(form, name.isEmpty() ? System.getProperty("user.name", "") : name);
      snapshots.write(source -> source.accept(given));
    }
    return Response.seeOther(CompareView.address(accepting.comparison()).toString());
  }
}
