package dev.frostline.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.frostline.cli.output.Failure;
import dev.frostline.lake.AcceptedBeside;
import dev.frostline.lake.Place;
import dev.frostline.policy.Acknowledgement;
import dev.frostline.store.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AckCommandTest {
  private final String today = LocalDate.now(ZoneOffset.UTC).toString();

  @TempDir Path folder = Path.of(".");
  private MadeFleet fleet;

  @BeforeEach
  void makeFleet() throws Exception {
    fleet = new MadeFleet(folder);
  }

  @Test
  void acceptedFinding_isShownApart_untilItsDayIsOver() throws Exception {
    String given = accept(today);
    assertTrue(given.contains("Accepted heavy 1..2 until " + today), given);
    String answer = fleet.run("regressions", "-f", "heavy");
    assertFalse(answer.contains("▲"), answer);
    assertTrue(answer.contains("accepted until " + today + " by me: heavy 1 → 2 +"), answer);
    assertTrue(answer.contains("wanted"), answer);
    try (Store store = Store.open(fleet.file);
        Statement statement = store.connection().createStatement()) {
      statement.execute("UPDATE acknowledgement SET until = until - INTERVAL 1 DAY");
    }
    assertTrue(fleet.run("regressions", "-f", "heavy").contains("▲"));
  }

  @Test
  void json_carriesWhoAndWhy() {
    accept(today);
    String answer = fleet.run("regressions", "-f", "heavy", "-o", "json");
    assertTrue(answer.contains("\"acknowledged\" : {"), answer);
    assertTrue(answer.contains("\"reason\" : \"wanted\""), answer);
  }

  @Test
  void lake_hasItToo_untilItIsTakenBack() throws Exception {
    String lake = folder.resolve("data/lake").toString();
    String given =
        fleet.run(
            "ack",
            "heavy",
            "1..2",
            "--reason",
            "wanted",
            "--until",
            today,
            "--by",
            "me",
            "--lake",
            lake);
    assertTrue(given.endsWith("exit 0"), given);
    try (Place place = Place.at(folder.resolve("data").toString(), null)) {
      Acknowledgement one = new AcceptedBeside(place).all().get(0);
      assertEquals("heavy 1..2", one.function() + " " + one.before() + ".." + one.after());
      assertEquals("wanted me " + today, one.reason() + " " + one.givenBy() + " " + one.until());
      fleet.run("ack", "heavy", "1..2", "--remove", "--lake", lake);
      assertEquals(List.of(), new AcceptedBeside(place).all());
      Files.writeString(folder.resolve("data/acknowledgements/x.json"), "{}");
      assertTrue(
          String.valueOf(
                  assertThrows(IOException.class, () -> new AcceptedBeside(place).all())
                      .getMessage())
              .startsWith("acknowledgements/x.json is no acknowledgement: "));
    }
  }

  /** Somebody accepts on one machine; whoever reads the lake sees it. */
  @Test
  void acceptedBesideALake_isHonouredByWhoeverReadsIt() {
    String lake = folder.resolve("shared/lake").toString();
    String store = folder.resolve("slow.duckdb").toString();
    Cli.run("ingest", Cli.shared("timelines/still-slow.ndjson.gz"), "--db", store);
    assertEquals(0, Cli.run("compact", "--lake", lake, "--db", store).exitCode());
    String before = ask("regressions", lake);
    assertTrue(before.contains("▲"), before);
    assertTrue(ask("gate --candidate 42", lake).endsWith("exit 1"));
    Cli given =
        Cli.run(
            "ack", "still-slow", "41..42", "--reason", "wanted", "--until", today, "--db", lake);
    assertEquals(0, given.exitCode(), given.err());
    assertTrue(Files.isDirectory(folder.resolve("shared/acknowledgements")));
    assertTrue(ask("regressions", store).contains("▲"), "the store has none");
    String listed = ask("regressions", lake);
    assertTrue(listed.contains("accepted until " + today), listed);
    assertFalse(listed.contains("▲"), listed);
    assertTrue(ask("explain still-slow 41..42", lake).contains("accepted until " + today));
    assertTrue(ask("explain still-slow 41..42 -o json", lake).contains("\"reason\" : \"wanted\""));
    String gate = ask("gate --candidate 42", lake);
    assertTrue(gate.endsWith("exit 0"), gate);
    assertTrue(gate.contains("accepted until " + today), gate);
    assertTrue(ask("report -o text --out -", lake).contains("wanted"));
    Cli.run("ack", "still-slow", "41..42", "--remove", "--db", lake);
    assertTrue(ask("regressions", lake).contains("▲"));
  }

  private static String ask(String words, String lake) {
    List<String> all = new ArrayList<>(List.of(words.split(" ", -1)));
    all.addAll(List.of("--db", lake));
    Cli cli = Cli.run(all.toArray(new String[0]));
    return cli.out() + cli.err() + "exit " + cli.exitCode();
  }

  @Test
  void list_andRemove() {
    accept(today);
    assertTrue(fleet.run("ack", "--list").contains("wanted"));
    assertTrue(fleet.run("ack", "heavy", "1..2", "--remove").endsWith("exit 0"));
    assertFalse(fleet.run("ack", "--list").contains("wanted"));
    assertTrue(fleet.run("ack", "heavy", "1..2", "--remove").endsWith("exit 2"));
  }

  @Test
  void whatIsNoFinding_orHasNoReasonOrDay_isRefused() {
    assertTrue(accept("2020-01-01").contains("is over"));
    assertTrue(accept("tomorrow").contains("No day: tomorrow"));
    assertTrue(accept("+999999999-12-31").contains("No day: +999999999-12-31"));
    assertTrue(
        fleet.run("ack", "heavy", "1..9", "--reason", "x", "--until", today).endsWith("exit 2"));
    assertTrue(fleet.run("ack", "heavy", "1..2", "--until", today).contains("--reason"));
    assertEquals(Failure.USAGE, Cli.run("ack").exitCode());
    assertFalse(fleet.run("ack", "--list").contains("heavy"));
  }

  private String accept(String until) {
    return fleet.run("ack", "heavy", "1..2", "--reason", "wanted", "--until", until, "--by", "me");
  }
}
