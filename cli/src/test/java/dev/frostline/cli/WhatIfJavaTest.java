package dev.frostline.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Changes to how a function on Jackson is started, on real JVMs: its init and its first call. */
final class WhatIfJavaTest {
  private static final Path JDK = Path.of(System.getProperty("java.home"));
  private static final String JAVA = JDK.resolve("bin/java").toString();
  @TempDir Path folder = Path.of(".");
  private String classPath = "";

  @BeforeEach
  void writeFunction() throws Exception {
    Files.createDirectories(folder.resolve("shop"));
    Files.writeString(
        folder.resolve("shop/Order.java"),
        """
        package shop;

        import com.fasterxml.jackson.databind.JsonNode;
        import com.fasterxml.jackson.databind.ObjectMapper;
        import java.util.TreeMap;

        public final class Order {
          private static final ObjectMapper JSON = new ObjectMapper();

          public record Line(String article, int count) {}

          public String handle(String event) throws Exception {
            TreeMap<String, Integer> counts = new TreeMap<>();
            for (JsonNode one : JSON.readTree(event)) {
              Line line = JSON.treeToValue(one, Line.class);
              counts.merge(line.article(), line.count(), Integer::sum);
            }
            return JSON.writeValueAsString(counts);
          }

          public static void main(String[] words) throws Exception {
            System.out.println(new Order().handle("[{\\"article\\":\\"tea\\",\\"count\\":2}]"));
          }
        }
        """);
    String jackson =
        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
            .filter(jar -> jar.matches(".*/jackson-(core|databind|annotations)-[^/]*\\.jar"))
            .collect(Collectors.joining(File.pathSeparator));
    run(JDK.resolve("bin/javac").toString(), "-cp", jackson, "shop/Order.java");
    run(JDK.resolve("bin/jar").toString(), "cf", "app.jar", "shop");
    classPath = "app.jar" + File.pathSeparator + jackson;
  }

  @Test
  @Tag("long")
  void archiveOfItsClasses_helps_andSaysHowItIsMade() throws Exception {
    JsonNode trial = whatIf("--appcds", JAVA, "-XX:TieredStopAtLevel=1");
    assertEquals("helps", trial.path("outcome").asText(), trial.toString());
    assertEquals(0, trial.path("events").asInt());
    assertTrue(trial.path("init_before_ms").asDouble() > 50, trial.toString());
    assertTrue(
        trial.path("steps").path(1).asText().contains("-XX:SharedArchiveFile"), trial.toString());
  }

  @Test
  @Tag("long")
  void archiveOfItsClasses_helpsAHandler_whoseAnswersStay() throws Exception {
    String order = "\"[{\\\"article\\\":\\\"tea\\\",\\\"count\\\":2}]\"";
    Files.writeString(folder.resolve("events.json"), "[" + order + "," + order + ",\"x\"]");
    List<String> command = command("what-if", "--runs=12", "-o=json", "--appcds");
    command.addAll(List.of("--handler=shop.Order::handle", "--events=events.json"));
    command.addAll(List.of("--", JAVA, "-cp", classPath));
    JsonNode trial = answer(command);
    assertEquals("helps", trial.path("outcome").asText(), trial.toString());
    assertEquals(3, trial.path("events").asInt());
    assertTrue(trial.path("first_use_ci_ms").path(1).asDouble() < 0, trial.toString());
  }

  @Test
  @Tag("long")
  void waysToStart_areTried_orSaidWhyNot() throws Exception {
    List<String> command = command("advise", "--budget=20s", "-o=json", "--", JAVA);
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-cp", classPath, "shop.Order"));
    Cli cli = CliProcess.run(new ProcessBuilder(command).directory(folder.toFile()), Map.of());
    assertEquals(0, cli.exitCode(), cli.out() + cli.err());
    JsonSchemasTest.assertValid("advise", cli.json());
    assertEquals("helps", cli.json().path("tried").path(0).path("outcome").asText(), cli.out());
    String untried = cli.json().path("untried").toString();
    assertTrue(untried.contains("has -XX:TieredStopAtLevel=1 already"), untried);
    assertEquals(3, cli.json().path("tried").size() + cli.json().path("untried").size(), cli.out());
  }

  @Tag("long")
  @Test
  void classListOfStoredRows_helps() throws Exception {
    frostline("trace", "-f", "order", "--runs", "3", "--", JAVA, "-cp", classPath, "shop.Order");
    frostline("export", "order", "--format", "classlist", "--out", "order.classlist");
    assertTrue(Files.readAllLines(folder.resolve("order.classlist")).contains("shop/Order"));
    JsonNode trial = whatIf("--classlist=order.classlist", JAVA);
    assertEquals("helps", trial.path("outcome").asText(), trial.toString());
  }

  @Tag("long")
  @Test
  void aotCacheOfJava25_helps() throws Exception {
    assumeTrue(Files.isDirectory(Path.of("/usr/lib/jvm")), "no JDKs");
    try (Stream<Path> jdks = Files.list(Path.of("/usr/lib/jvm"))) {
      Path java = jdks.filter(jdk -> jdk.toString().contains("25")).findFirst().orElse(folder);
      assumeTrue(Files.exists(java.resolve("bin/java")), "no JDK 25");
      JsonNode trial = whatIf("--aot-cache", java.resolve("bin/java").toString());
      assertEquals("helps", trial.path("outcome").asText(), trial.toString());
    }
  }

  @Tag("long")
  @Test
  void oneTierOfCompilers_helpsWhatComputesAtFirst() throws Exception {
    assertEquals("tiered", whatIf("--tiered-stop-at-level-1", JAVA).path("change").asText());
  }

  @Test
  void whatCannotBeTried_isSaid() throws Exception {
    assertSaid(2, "no change of a Java program", "--defer=json", "-cp", classPath, "shop.Order");
    assertSaid(4, "non-empty directory", "--appcds", "-cp", ".:" + classPath, "shop.Order");
    assertSaid(
        4,
        "has -XX:SharedArchiveFile=own.jsa already",
        "--appcds",
        "-XX:SharedArchiveFile=own.jsa",
        "-cp",
        classPath,
        "shop.Order");
    assertSaid(4, "exit code 1", "--appcds", "-cp", classPath, "shop.Nobody");
    assertSaid(2, "a main class or -jar FILE", "--appcds");
  }

  private void assertSaid(int exit, String words, String option, String... program)
      throws Exception {
    List<String> command = command("what-if", option, "--", JAVA);
    command.addAll(List.of(program));
    Cli cli = CliProcess.run(new ProcessBuilder(command).directory(folder.toFile()), Map.of());
    assertEquals(exit, cli.exitCode(), cli.err());
    assertTrue(cli.err().contains(words), cli.err());
  }

  private JsonNode whatIf(String option, String java, String... options) throws Exception {
    List<String> command = command("what-if", "--runs=12", "-o=json", option, "--", java);
    command.addAll(List.of(options));
    command.addAll(List.of("-cp", classPath, "shop.Order"));
    return answer(command);
  }

  private JsonNode answer(List<String> command) throws Exception {
    Cli cli = CliProcess.run(new ProcessBuilder(command).directory(folder.toFile()), Map.of());
    assertEquals(0, cli.exitCode(), cli.out() + cli.err());
    JsonSchemasTest.assertValid("what-if", cli.json());
    return cli.json().path("trial");
  }

  private void frostline(String... words) throws Exception {
    run(command(words).toArray(new String[0]));
  }

  private List<String> command(String... words) {
    List<String> command = new ArrayList<>(CliProcess.of(folder).command());
    command.addAll(List.of(words));
    return command;
  }

  private void run(String... command) throws IOException, InterruptedException {
    Cli cli = CliProcess.run(new ProcessBuilder(command).directory(folder.toFile()), Map.of());
    assertEquals(0, cli.exitCode(), cli.out() + cli.err());
  }
}
