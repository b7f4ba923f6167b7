package dev.frostline.cli;

import dev.frostline.report.Figure;
import dev.frostline.store.Queries;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** SQL over the store, which it can neither change nor leave. */
@Command(
    name = "sql",
    mixinStandardHelpOptions = true,
    description =
        "Runs one SELECT, or a ready query by name, over the store: read-only, no file access.",
    footer = {
      "",
      "Example: frostline sql \"FROM cold_starts SELECT runtime, count(*), median(init_ms) GROUP BY"
          + " ALL\"",
      "         frostline sql slowest_imports -p function=checkout-api -o csv"
    })
final class SqlCommand implements Callable<Integer> {
  @Spec CommandSpec spec = CommandSpec.create();
  @Mixin StoreOption store = new StoreOption();
  @Mixin OutputOption output = new OutputOption();

  @Parameters(
      arity = "0..1",
      paramLabel = "SQL|NAME",
      description = "A statement, or the name of a ready query.")
  @Nullable String statement;

  @Option(names = "--list", description = "Lists the ready queries with their parameters.")
  boolean list;

  @Option(names = "--all", description = "With --list: also what the report and the page ask.")
  boolean all;

  @Option(names = "-f", paramLabel = "FILE", description = "Reads the statement from a file.")
  @Nullable Path file;

  @Option(names = "-p", paramLabel = "KEY=VALUE", description = "A parameter of a ready query.")
  Map<String, String> parameters = new LinkedHashMap<>();

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    if (list) {
      print(Queries.names().stream().filter(one -> all || Queries.isForPeople(one)).toList(), out);
      return 0;
    }
    ReadyQuery query = query();
    parameters.forEach(query::with);
    long begin = System.nanoTime();
    Grid answer = query.run(store.file);
    answer.print(output.format, out);
    long millis = (System.nanoTime() - begin) / 1_000_000;
    if (output.format == OutputFormat.TABLE) {
      spec.commandLine()
          .getErr()
          .println(
              Figure.counted(answer.size(), "row")
                  + " · "
                  + millis
                  + " ms · read-only, no file access");
    }
    return 0;
  }

  private void print(List<String> queries, PrintWriter out) {
    Grid grid = new Grid(List.of("NAME", "QUESTION", "PARAMETERS"));
    for (String name : queries) {
      String parameters = String.join(" ", Queries.parameters(name));
      grid.add(List.of(name, Queries.question(name), parameters));
      if (output.format == OutputFormat.TABLE) {
        out.println(name + (parameters.isEmpty() ? "" : "   -p " + parameters));
        Columns.wrapped("  " + Queries.question(name), Columns.ofTerminal()).forEach(out::println);
      }
    }
    if (output.format != OutputFormat.TABLE) {
      grid.print(output.format, out);
    }
  }

  private ReadyQuery query() {
    if (file != null) {
      try {
        return ReadyQuery.of(Files.readString(file));
      } catch (IOException e) {
        throw new Failure(Failure.COULD_NOT, "Cannot read " + file + ": " + e.getMessage());
      }
    }
    if (statement == null) {
      throw new Failure(
          Failure.USAGE, "Say which SQL: frostline sql \"SELECT …\", or see frostline sql --list");
    }
    if (Queries.names().contains(statement)) {
      checkParameters(statement);
      return ReadyQuery.named(statement);
    }
    if (statement.matches("[A-Za-z0-9_-]+")) {
      throw new Failure(
          Failure.USAGE, "There is no query " + statement + ". See frostline sql --list");
    }
    return ReadyQuery.of(statement);
  }

  /** Refuses parameters that the query does not read, and asks for those it cannot do without. */
  private void checkParameters(String name) {
    Set<String> known = Queries.parameters(name);
    for (String given : parameters.keySet()) {
      if (!known.contains(given)) {
        throw new Failure(
            Failure.USAGE,
            "The query "
                + name
                + " has no parameter "
                + given
                + "; "
                + (known.isEmpty() ? "it has none" : "known: " + String.join(", ", known)));
      }
    }
    List<String> missing = new ArrayList<>();
    for (String required : Queries.required(name)) {
      if (!parameters.containsKey(required)) {
        missing.add("-p " + required + "=…");
      }
    }
    if (!missing.isEmpty()) {
      throw new Failure(Failure.USAGE, "The query " + name + " needs " + String.join(" ", missing));
    }
  }
}
