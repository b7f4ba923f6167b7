package dev.frostline.cli.sql;

import dev.frostline.cli.output.Columns;
import dev.frostline.cli.output.Failure;
import dev.frostline.cli.output.Grid;
import dev.frostline.cli.output.OutputFormat;
import dev.frostline.cli.output.OutputOption;
import dev.frostline.cli.store.PlaceOption;
import dev.frostline.cli.store.ReadyQuery;
import dev.frostline.cli.store.StoreOption;
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
import java.util.Stack;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** SQL over the store, which it can neither change nor leave. */
@Command(
    name = "sql",
    mixinStandardHelpOptions = true,
    preprocessor = SqlCommand.LeadingComments.class,
    description =
        "Runs one SELECT, or a ready query by name, over the store: read-only, no file "
            + "access. With --engine, Trino or Athena answers over a lake: the same ready queries, "
            + "the same rows.",
    footer = {
      "",
      "Example: frostline sql \"FROM cold_starts SELECT runtime, count(*), median(init_ms) GROUP BY"
          + " ALL\"",
      "         frostline sql slowest_imports -p function=checkout-api -o csv",
      "         frostline sql --engine athena --ddl s3://BUCKET/lake --create",
      "         frostline sql --engine athena fleet_imports -p since=7d"
    })
public final class SqlCommand implements Callable<Integer> {
  @Spec CommandSpec spec = CommandSpec.create();
  @Mixin StoreOption store = new StoreOption();
  @Mixin OutputOption output = new OutputOption();
  @Mixin public EngineOptions engine = new EngineOptions();
  @Mixin PlaceOption place = new PlaceOption();

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

  @Option(
      names = "--ddl",
      paramLabel = "LAKE",
      description =
          "Prints the statements that make tables and views over a lake, for --engine. LAKE is"
              + " s3://BUCKET/PREFIX, as compact writes it. No crawler is needed. -p since=DAY"
              + " gives its first day.")
  @Nullable String ddl;

  @Option(names = "--create", description = "With --ddl: runs the statements.")
  boolean create;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    if (list) {
      print(Queries.names().stream().filter(this::isListed).toList(), out);
      return 0;
    }
    if (engine.isElsewhere()) {
      return elsewhere(out);
    }
    if (ddl != null || create) {
      throw new Failure(
          Failure.USAGE,
          "Say for which engine: --engine athena --ddl s3://BUCKET/PREFIX, or --engine trino");
    }
    ReadyQuery query =
        isName(statement()) ? ReadyQuery.named(statement()) : ReadyQuery.of(statement());
    parameters.forEach(query::with);
    long begin = System.nanoTime();
    Grid answer = query.run(store.file);
    answer.print(output.format, out);
    if (output.format == OutputFormat.TABLE) {
      tell(answer, begin, "read-only, no file access");
    }
    return 0;
  }

  private boolean isListed(String name) {
    return engine.isElsewhere()
        ? Queries.isOfLake(name) && (all || Queries.isForPeople(name))
        : all || Queries.isForPeople(name);
  }

  private int elsewhere(PrintWriter out) {
    if (ddl != null) {
      return tables(ddl, out);
    }
    if (create) {
      throw new Failure(Failure.USAGE, "Say over which lake: --ddl s3://BUCKET/PREFIX --create");
    }
    String text = statement();
    String sql = isName(text) ? LakeSql.named(text, parameters) : ofUser(text);
    long begin = System.nanoTime();
    SqlEngine.Answer answer = engine.open().run(sql);
    answer.rows().print(output.format, out);
    tell(answer.rows(), begin, answer.cost());
    return 0;
  }

  private String ofUser(String sql) {
    if (!parameters.isEmpty()) {
      throw new Failure(Failure.USAGE, "Parameters (-p) are of ready queries: see --list");
    }
    if (!SqlEngine.onlyReads(sql)) {
      throw new Failure(
          Failure.COULD_NOT,
          "Only a statement that reads runs here: SELECT, WITH, VALUES, TABLE, SHOW, DESCRIBE or"
              + " EXPLAIN");
    }
    return sql.strip().replaceAll(";$", "");
  }

  private int tables(String lake, PrintWriter out) {
    List<String> statements = new LakeSql(engine).tables(lake, parameters.get("since"), place);
    if (!create) {
      statements.forEach(one -> out.println(one + ";\n"));
      return 0;
    }
    SqlEngine opened = engine.open();
    statements.forEach(opened::run);
    out.println(
        "Made " + statements.size() + " tables and views in " + engine.schema() + " over " + lake);
    return 0;
  }

  private void tell(Grid answer, long begin, String how) {
    long millis = (System.nanoTime() - begin) / 1_000_000;
    spec.commandLine()
        .getErr()
        .println(Figure.counted(answer.size(), "row") + " · " + millis + " ms · " + how);
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

  /** What is asked: a name or SQL. */
  private String statement() {
    if (file != null) {
      try {
        return Files.readString(file);
      } catch (IOException e) {
        throw new Failure(Failure.COULD_NOT, "Cannot read " + file + ": " + e.getMessage());
      }
    }
    if (statement == null) {
      throw new Failure(
          Failure.USAGE, "Say which SQL: frostline sql \"SELECT …\", or see frostline sql --list");
    }
    return statement;
  }

  private boolean isName(String text) {
    if (file != null) {
      return false;
    }
    if (Queries.names().contains(text)) {
      checkParameters(text);
      return true;
    }
    if (text.matches("[A-Za-z0-9_-]+")) {
      throw new Failure(Failure.USAGE, "There is no query " + text + ". See frostline sql --list");
    }
    return false;
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

  /** {@code -- comment} is how SQL may begin, and no option: a blank before it says so. */
  static final class LeadingComments implements CommandLine.IParameterPreprocessor {
    @Override
    public boolean preprocess(
        Stack<String> words,
        CommandSpec command,
        @Nullable ArgSpec option,
        Map<String, Object> info) {
      words.replaceAll(word -> word.matches("--[^=\\s]*\\s(?s:.+)") ? " " + word : word);
      return false;
    }
  }
}
