package dev.frostline.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Verdicts asked anew after every cold start; a few lives only, the evaluation has thousands. */
@Tag("long")
final class LivesTest {
  private static final Path STARTS =
      Path.of(System.getProperty("frostline.root", "..")).resolve("../shared/data/lambda-python");

  @Test
  void livesWithoutAChange_areNeverCalled() throws IOException, SQLException {
    assumeTrue(Files.isDirectory(STARTS), () -> "no " + STARTS);
    LifeEvaluation.Result result = LifeEvaluation.run(STARTS, 4, 0, 7, false);
    assertEquals(0, result.called(), result::toString);
  }

  @Test
  void fivePercent_areCalledWithinFifteenStarts_andBlamed() throws IOException, SQLException {
    assumeTrue(Files.isDirectory(STARTS), () -> "no " + STARTS);
    LifeEvaluation.Result result = LifeEvaluation.run(STARTS, 12, 0.05, 7, false);
    assertTrue(result.median() <= 15, result::toString);
    assertEquals(result.called(), result.guilty(), result::toString);
  }
}
