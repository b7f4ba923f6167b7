package dev.frostline.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.frostline.cli.demo.Demo;
import dev.frostline.cli.output.Failure;
import dev.frostline.cli.output.Folders;
import dev.frostline.cli.output.Progress;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The whole way from a function's start to the report, on this machine. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description =
        "Starts sample functions in Python, Java and Node.js under the layer and finds their"
            + " regressions: no AWS account, no network.")
final class DemoCommand implements Callable<Integer> {
  @Spec CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--dir",
      paramLabel = "DIR",
      defaultValue = "frostline-demo",
      description = "Folder to work in (default: ${DEFAULT-VALUE}).")
  Path folder = Path.of("frostline-demo");

  @Option(
      names = "--starts",
      paramLabel = "N",
      defaultValue = "20",
      description = "Cold starts of each deployment (default: ${DEFAULT-VALUE}).")
  int starts = 20;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    String db = folder.resolve("frostline.duckdb").toString();
    Demo demo = made(out);
    List<List<String>> steps = new ArrayList<>();
    steps.add(List.of("sync", demo.landing().toString(), "--db", db));
    steps.add(List.of("regressions", "--all", "--db", db));
    for (String function : demo.functions()) {
      steps.add(List.of("explain", function, "2..3", "--db", db));
    }
    steps.add(List.of("report", "--db", db, "--out", folder.toString()));
    for (List<String> step : steps) {
      out.printf("%n$ frostline %s%n", String.join(" ", step));
      int exitCode = Frostline.run(out, err, step.toArray(new String[0]));
      if (exitCode != 0) {
        return exitCode;
      }
    }
    if (isHostsDoing(db, err)) {
      out.println();
      out.println(
          "This machine was busy with other things, so that not every change of the code could");
      out.println(
          "be told from its doing. Repeat the demo when it is calmer, or with more --starts.");
    }
    out.printf("%nNext: frostline functions --db %s%n", db);
    out.printf("      frostline sql slowest_imports --db %s%n", db);
    out.printf(
        "      cd %s && frostline what-if --defer catalog.patterns", folder.resolve("sample/v2"));
    out.println(" --handler app.handler --events ../events.json");
    out.println("      frostline trace -- python3 app.py     a program of your own, here");
    out.println("Your functions, in Lambda: https://github.com/frostline-dev/frostline#in-aws");
    return 0;
  }

  /** Whether a comparison came to nothing since its starts met the machine in different states. */
  private static boolean isHostsDoing(String db, PrintWriter err) {
    StringWriter answer = new StringWriter();
    Frostline.run(new PrintWriter(answer), err, "regressions", "--all", "-o", "json", "--db", db);
    try {
      for (JsonNode one : new ObjectMapper().readTree(answer.toString()).path("comparisons")) {
        if (one.path("verdict").asText().equals("host")) {
          return true;
        }
      }
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Demo made(PrintWriter out) {
    try {
      forgetLastRun();
      Demo demo = new Demo(folder, starts);
      demo.leftOut().forEach(out::println);
      out.printf(
          "Starting %s, %d times in all, under the layer: 3 deployments each, in turns.%n",
          String.join(", ", demo.functions()), demo.starts());
      out.flush();
      try (Progress progress = new Progress("starts")) {
        progress.expect(demo.starts());
        demo.run(() -> progress.done(1));
      }
      return demo;
    } catch (UncheckedIOException e) {
      throw couldNotRun(Objects.requireNonNull(e.getCause()));
    } catch (IOException e) {
      throw couldNotRun(e);
    }
  }

  private Failure couldNotRun(IOException why) {
    return new Failure(
        Failure.COULD_NOT,
        "The demo could not run in "
            + folder
            + ": "
            + Failure.whyNotWritten(why)
            + ". It needs bash and a folder to write.");
  }

  /** Only what an earlier demo made: another folder is never emptied. */
  private void forgetLastRun() throws IOException {
    for (String name : List.of("landing", "classes", "frostline.duckdb")) {
      Folders.delete(folder.resolve(name));
    }
  }
}
