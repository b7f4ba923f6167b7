package dev.frostline.cli;

import dev.frostline.cli.demo.Demo;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The whole way from a function's start to the report, on this machine. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description =
        "Starts a sample Python function under the layer and finds its regression: no AWS account, no network.")
final class DemoCommand implements Callable<Integer> {
  @Spec CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--dir",
      defaultValue = "frostline-demo",
      description = "Folder to work in (default: ${DEFAULT-VALUE}).")
  Path folder = Path.of("frostline-demo");

  @Option(
      names = "--starts",
      defaultValue = "20",
      description = "Cold starts of each deployment (default: ${DEFAULT-VALUE}).")
  int starts = 20;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    String db = folder.resolve("frostline.duckdb").toString();
    Demo demo = new Demo(folder, starts);
    try {
      forgetLastRun();
      out.printf(
          "Starting the sample function order-price %d times under the layer: 3 deployments, in turns.%n",
          demo.starts());
      out.flush();
      demo.run(made -> progress(made, demo.starts(), err));
    } catch (IOException | UncheckedIOException e) {
      throw new Failure(
          Failure.COULD_NOT,
          "The demo could not run: " + e.getMessage() + ". It needs python3 and bash.");
    }
    for (List<String> step :
        List.of(
            List.of("sync", demo.landing().toString(), "--db", db),
            List.of("regressions", "--all", "--db", db),
            List.of("explain", "order-price", "2..3", "--db", db),
            List.of("report", "--db", db, "--out", folder.toString()))) {
      out.printf("%n$ frostline %s%n", String.join(" ", step));
      int exitCode = Frostline.run(out, err, step.toArray(new String[0]));
      if (exitCode != 0) {
        return exitCode;
      }
    }
    return 0;
  }

  private static void progress(int made, int all, PrintWriter err) {
    if (CommandLine.Help.Ansi.AUTO.enabled()) {
      err.printf("\r  %d of %d", made, all);
      err.print(made == all ? "\r                 \r" : "");
      err.flush();
    }
  }

  /** Only what an earlier demo made: another folder is never emptied. */
  private void forgetLastRun() throws IOException {
    for (String name : List.of("landing", "frostline.duckdb")) {
      Path old = folder.resolve(name);
      if (Files.exists(old)) {
        try (Stream<Path> tree = Files.walk(old)) {
          for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
            Files.delete(path);
          }
        }
      }
    }
  }
}
