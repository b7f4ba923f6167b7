package dev.frostline.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Real starts of one program on hosts in seven states: what hosts did is never laid to code. */
final class RegimesTest {
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
}
