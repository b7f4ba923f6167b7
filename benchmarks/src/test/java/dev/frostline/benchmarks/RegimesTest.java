package dev.frostline.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Real starts of one program on hosts in other states: what hosts did is never laid to code. */
@Tag("long")
final class RegimesTest {
  private static final String PORTAL = "benchmarks/src/test/resources/regimes";
  private static final Path STARTS =
      Path.of(System.getProperty("frostline.root", "..")).resolve("../shared/data/regimes");

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void noPairOfHostStates_isCalled_andSlowCodeIsFoundInEachState(boolean stripped)
      throws IOException, SQLException {
    assumeTrue(Files.isDirectory(STARTS), () -> "no " + STARTS);
    RegimeEvaluation.Result result =
        RegimeEvaluation.run(STARTS, "storefront", "idna.core", stripped, false);
    String lines = String.join("\n", result.lines());
    assertEquals(0, result.called(), lines);
    assertEquals(0, result.blamed(), lines);
    assertEquals(result.states(), result.found(), lines);
    assertEquals(7, result.states());
  }

  /**
   * {@code portal}: Requests, Jinja, PyYAML and Click, 14 starts beside four processes that work 3
   * of 8 ms and 14 beside one busy loop, on 2 cores. The long imports of the second were
   * interrupted in nearly every start.
   */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void longImportsInterruptedInEachStart_areNoCode(boolean stripped)
      throws IOException, SQLException {
    Path starts = Path.of(System.getProperty("frostline.root", "..")).resolve(PORTAL);
    RegimeEvaluation.Result result =
        RegimeEvaluation.run(starts, "portal", "urllib3.util.retry", stripped, false);
    assertEquals(0, result.called(), String.join("\n", result.lines()));
    assertEquals(2, result.states());
  }
}
