package dev.frostline.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;

/**
 * The commands of {@code docs/pull-request.yml}, in their order, on a repository with a real Python
 * program: as GitHub runs them, but for what is checked out and uploaded.
 */
@Tag("alone")
@Tag("long")
final class PullRequestTest {
  private static final Path WORKFLOW =
      Path.of(System.getProperty("frostline.root", ".."), "docs", "pull-request.yml");

  @TempDir Path folder = Path.of(".");
  private final Map<String, String> environment = new HashMap<>();

  @BeforeEach
  void makeRepository() throws Exception {
    Files.writeString(folder.resolve("app.py"), "import json, decimal, logging\n");
    Files.writeString(
        folder.resolve("heavy.py"),
        "import time\nend = time.perf_counter() + .15\nwhile time.perf_counter() < end: pass\n");
    bash("git init -q && git add . && git -c user.name=a -c user.email=b commit -qm base");
    environment.put("BASE", bash("git rev-parse HEAD").out().strip());
    Path checkout = Files.createDirectory(folder.resolve(".frostline"));
    String java = String.join(" ", CliProcess.of(folder).command());
    Path command =
        Files.writeString(checkout.resolve("frostline"), "#!/bin/sh\nexec " + java + " \"$@\"\n");
    assertTrue(command.toFile().setExecutable(true));
  }

  @Test
  @Tag("long")
  void sameImports_pass() throws Exception {
    change("import json, decimal, logging  # as before");
    assertEquals(List.of(0), exits(judged(Map.of())));
    assertTrue(summary().startsWith("### Cold starts: passed\n"), summary());
    assertEquals("1 0 0", junit());
  }

  @Test
  void slowImport_fails_andIsNamed() throws Exception {
    change("import json, decimal, logging, heavy");
    List<Cli> judged = judged(Map.of());
    assertEquals(List.of(1), exits(judged));
    assertTrue(judged.get(0).out().contains("new: heavy"), judged.get(0).out());
    assertTrue(judged.get(0).out().contains("heavy  new"), judged.get(0).out());
    assertTrue(summary().startsWith("### Cold starts: not passed\n"), summary());
    assertTrue(summary().contains("new: heavy"), summary());
    assertEquals("1 1 0", junit());
  }

  @Test
  void fewStarts_areNotJudged_andDoNotPass() throws Exception {
    change("import json");
    List<Cli> judged = judged(Map.of("RUNS", "1"));
    assertEquals(List.of(3), exits(judged));
    assertTrue(judged.get(0).out().contains("not judged"), judged.get(0).out());
    assertTrue(summary().startsWith("### Cold starts: not passed\n"), summary());
    assertEquals("1 0 1", junit());
  }

  private void change(String program) throws Exception {
    Files.writeString(folder.resolve("app.py"), program + "\n");
    bash("git -c user.name=a -c user.email=b commit -qam head");
  }

  /** Runs the workflow: what its step that judges printed. */
  private List<Cli> judged(Map<String, String> changed) throws Exception {
    JsonNode job = new YAMLMapper().readTree(WORKFLOW.toFile()).path("jobs").path("cold-starts");
    job.path("env")
        .properties()
        .forEach(one -> environment.putIfAbsent(one.getKey(), one.getValue().asText()));
    environment.putAll(changed);
    environment.put("GITHUB_PATH", folder.resolve("path").toString());
    environment.put("GITHUB_STEP_SUMMARY", folder.resolve("summary.md").toString());
    List<Cli> ran = new ArrayList<>();
    for (JsonNode step : job.path("steps")) {
      if (step.has("run")) {
        ran.add(bash(step.path("run").textValue()));
      }
    }
    return ran.subList(1, ran.size());
  }

  private Cli bash(String script) throws IOException, InterruptedException {
    Path added = folder.resolve("path");
    if (Files.exists(added)) {
      environment.put("PATH", Files.readString(added).strip() + ":" + System.getenv("PATH"));
    }
    return CliProcess.run(
        new ProcessBuilder("bash", "-e", "-c", script).directory(folder.toFile()), environment);
  }

  private static List<Integer> exits(List<Cli> ran) {
    return ran.stream().map(Cli::exitCode).toList();
  }

  private String summary() throws IOException {
    return Files.readString(folder.resolve("summary.md"));
  }

  /** Tests, failures and errors of the regression limit. */
  private String junit() throws Exception {
    Element suite =
        (Element)
            Objects.requireNonNull(
                DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(folder.resolve("cold-starts.xml").toFile())
                    .getElementsByTagName("testsuite")
                    .item(1));
    return suite.getAttribute("tests")
        + " "
        + suite.getAttribute("failures")
        + " "
        + suite.getAttribute("errors");
  }
}
