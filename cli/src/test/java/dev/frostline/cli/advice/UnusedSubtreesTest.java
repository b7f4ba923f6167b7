package dev.frostline.cli.advice;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.frostline.cli.program.Change;
import dev.frostline.cli.program.ImportGraph;
import dev.frostline.cli.program.PythonBench;
import dev.frostline.cli.program.PythonCommand;
import dev.frostline.servers.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A count of usage is no advice: of the costliest subtrees of boto3 and pydantic in which nothing
 * ever runs, most cannot stay unloaded, and none of those is proposed.
 */
@Tag("long")
final class UnusedSubtreesTest {
  private static final int COSTLIEST = 40;

  /** Three of forty with boto3 1.44 and pydantic 2.14; another version may make it a few more. */
  private static final int MOST_UNLOADED = 6;

  private static final String APP =
      """
      import boto3
      import pydantic

      client = boto3.client("s3", "eu-west-1", aws_access_key_id="a", aws_secret_access_key="b")


      class Order(pydantic.BaseModel):
          article: str
          count: int


      def handler(event, context):
          order = Order(**event)
          url = client.generate_presigned_url("get_object", {"Bucket": "b", "Key": order.article})
          return [order.count, url.partition("?")[0]]
      """;

  @TempDir Path folder = Path.of(".");

  @Test
  void ofTheCostliestUnusedSubtrees_noneThatInitNeedsIsAdvised() throws Exception {
    PythonBench bench = bench();
    List<String> unused = unusedSubtrees(bench.graph());
    assertEquals(COSTLIEST, unused.size());
    Experiment experiment = new Experiment(bench, Change.NONE, one -> {});
    Map<String, List<String>> outcomes = new TreeMap<>();
    for (String module : unused) {
      Trial trial = experiment.begin(Change.defer(List.of(module)));
      outcomes.computeIfAbsent(outcome(trial), key -> new ArrayList<>()).add(module);
    }
    List<String> unloaded = outcomes.getOrDefault("stays unloaded", List.of());
    assertTrue(unloaded.size() <= MOST_UNLOADED, outcomes.toString());
    Advice advice = new Search(bench, experiment, Duration.ofSeconds(40)).advice();
    Set<String> own = proposed(advice.tried());
    assertTrue(Collections.disjoint(own, unused), own + " of " + outcomes);
    Set<String> inLibraries = proposed(advice.libraries());
    inLibraries.retainAll(unused);
    assertTrue(unloaded.containsAll(inLibraries), inLibraries + " of " + outcomes);
    assertTrue(advice.librariesUntried().size() > 0, outcomes.toString());
  }

  private static Set<String> proposed(List<Trial> tried) {
    Set<String> proposed = new HashSet<>();
    for (Trial trial : tried) {
      if (trial.outcome() == Trial.Outcome.HELPS || trial.outcome() == Trial.Outcome.MOVED) {
        proposed.addAll(trial.variant().change().modules());
      }
    }
    return proposed;
  }

  private PythonBench bench() throws IOException {
    Files.writeString(folder.resolve("app.py"), APP);
    Path events =
        Files.writeString(
            folder.resolve("events.json"),
            "[{\"article\": \"tea\", \"count\": 1}, {\"article\": \"cup\", \"count\": 2}]");
    Path python = Tool.fetched("moto/bin/python3").folder().resolve("python3");
    PythonCommand program =
        new PythonCommand(List.of(python.toString()), folder, "app.handler", events);
    return new PythonBench(program, Files.createDirectory(folder.resolve("bench")), 60);
  }

  private static String outcome(Trial trial) {
    if (!trial.differences().isEmpty()) {
      return "breaks the program";
    }
    boolean isNeeded = !trial.stillLoaded().isEmpty() || !trial.variant().stays().isEmpty();
    return isNeeded ? "needed by init" : "stays unloaded";
  }

  /** Modules that bring nothing that ever ran, none within another, what costs most first. */
  private static List<String> unusedSubtrees(ImportGraph graph) {
    Set<String> all = reached(graph, "");
    Map<String, Set<String>> brought = new LinkedHashMap<>();
    Map<String, Long> micros = new HashMap<>();
    for (String module : graph.ownMicros().keySet()) {
      Set<String> gone = new HashSet<>(all);
      gone.removeAll(reached(graph, module));
      if (!gone.isEmpty() && Collections.disjoint(gone, graph.ran())) {
        brought.put(module, gone);
        micros.put(
            module, gone.stream().mapToLong(one -> graph.ownMicros().getOrDefault(one, 0L)).sum());
      }
    }
    return brought.keySet().stream()
        .filter(
            module ->
                brought.entrySet().stream()
                    .noneMatch(
                        other ->
                            !other.getKey().equals(module)
                                && other.getValue().contains(module)
                                && other.getValue().size()
                                    > brought.getOrDefault(module, Set.of()).size()))
        .sorted((a, b) -> Long.compare(micros.getOrDefault(b, 0L), micros.getOrDefault(a, 0L)))
        .limit(COSTLIEST)
        .toList();
  }

  /** What is loaded where one module is not. */
  private static Set<String> reached(ImportGraph graph, String without) {
    Set<String> reached = new HashSet<>();
    Deque<String> open = new ArrayDeque<>(List.of("__main__"));
    while (!open.isEmpty()) {
      String module = open.pop();
      if (module.equals(without) || module.startsWith(without + ".") || !reached.add(module)) {
        continue;
      }
      open.addAll(graph.imported().getOrDefault(module, Set.of()));
      int dot = module.lastIndexOf('.');
      if (dot > 0) {
        open.push(module.substring(0, dot));
      }
    }
    return reached;
  }
}
