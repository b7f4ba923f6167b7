package dev.frostline.cli.export;

import dev.frostline.cli.output.Columns;
import dev.frostline.cli.output.Failure;
import dev.frostline.cli.output.WholeFile;
import dev.frostline.cli.store.FunctionLookup;
import dev.frostline.cli.store.StoreOption;
import dev.frostline.cli.store.WhereOption;
import dev.frostline.report.picture.ColdStartTrace;
import dev.frostline.report.picture.ImportTree;
import dev.frostline.report.picture.ImportTreeReader;
import dev.frostline.report.picture.Selection;
import dev.frostline.report.picture.Timeline;
import dev.frostline.store.NamedQuery;
import dev.frostline.store.Store;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** A cold start or a deployment in the format of another tool. */
@Command(
    name = "export",
    mixinStandardHelpOptions = true,
    description =
        "Writes the import times of a deployment (medians) or of one cold start for another tool.",
    footer = {
      "",
      "Example: frostline export checkout-api 42 --format speedscope",
      "         frostline export --cold-start 4611686018427387904 --format otlp",
      "         frostline export checkout --format folded --out - | flamegraph.pl > f.svg",
      "",
      "classlist has the classes of a Java function as -XX:SharedClassListFile takes them, and the"
          + " files of a Node.js one, in the order in which starts and first requests load them.",
      "parquet and csv have one row for every import of every cold start, unsummed. Every format"
          + " has names as they were logged (folded has _ for separators), so that csv may hold"
          + " what a spreadsheet takes for a formula. The CSV of frostline serve makes that text."
    })
public final class ExportCommand implements Callable<Integer> {
  @Spec CommandSpec spec = CommandSpec.create();
  @Mixin StoreOption store = new StoreOption();
  @Mixin WhereOption where = new WhereOption();

  @Parameters(index = "0", arity = "0..1", paramLabel = "FUNCTION", description = "Function name.")
  @Nullable String function;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "DEPLOYMENT",
      description = "Which deployment (default: the newest).")
  @Nullable String deployment;

  @Option(
      names = "--cold-start",
      paramLabel = "ID",
      description = "One cold start instead: cold_start_id of the view cold_starts.")
  @Nullable Long coldStart;

  @Option(
      names = "--format",
      required = true,
      paramLabel = "FORMAT",
      converter = FormatName.class,
      description = "Format: " + FormatName.ALL + ".")
  ExportFormat format = ExportFormat.SPEEDSCOPE;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Where to write (default: named after what it holds; - for standard output).")
  @Nullable String file;

  @Override
  public Integer call() {
    if ((function == null) == (coldStart == null)) {
      throw new Failure(Failure.USAGE, "Name a function, or a cold start with --cold-start ID");
    }
    try {
      if (format == ExportFormat.CLASSLIST) {
        writeClassList();
      } else if (format.isRows()) {
        writeRows();
      } else {
        writeTree();
      }
    } catch (SQLException e) {
      throw new Failure(Failure.COULD_NOT, "Cannot export: " + e.getMessage());
    } catch (IOException e) {
      throw new Failure(Failure.COULD_NOT, "Cannot write the export: " + Failure.whyNotWritten(e));
    }
    return 0;
  }

  private void writeTree() throws SQLException, IOException {
    Traced traced = traced();
    if (traced.timeline().spans().isEmpty()) {
      throw new Failure(
          Failure.CANNOT_JUDGE,
          traced.title() + " has no import timings: the layer records them. See wrapper-layer");
    }
    if ("-".equals(file)) {
      format.write(traced, System.out);
      System.out.flush();
      return;
    }
    Path out = target(traced.title());
    try (WholeFile whole = WholeFile.at(out)) {
      try (OutputStream stream = Files.newOutputStream(whole.path())) {
        format.write(traced, stream);
      }
      whole.keep();
    }
    wrote(out);
  }

  /** What a deployment loads, for the archive of a JVM or to warm a compile cache with. */
  private void writeClassList() throws SQLException, IOException {
    if (function == null) {
      throw new Failure(Failure.USAGE, "A class list is of a deployment: name the function");
    }
    FunctionLookup found = lookup(function);
    String chosen = found.deployment(deployment);
    List<String> lines;
    try (Store opened = Store.openReadOnly(store.file)) {
      lines =
          NamedQuery.of("class_list")
              .with("account", found.function().account())
              .with("region", found.function().region())
              .with("function", function)
              .with("deployment", chosen)
              .rows(opened.connection(), ExportCommand::listed);
    }
    if (lines.isEmpty()) {
      throw new Failure(
          Failure.CANNOT_JUDGE,
          function + " " + chosen + " has no Java class and no Node.js file among its imports");
    }
    String text = String.join("\n", lines) + "\n";
    if ("-".equals(file)) {
      System.out.print(text);
      System.out.flush();
      return;
    }
    Path out = target(function + " " + chosen);
    WholeFile.write(out, text);
    wrote(out);
  }

  /** A JVM wants the name that a class file has. */
  private static String listed(ResultSet row) throws SQLException {
    String name = row.getString("name");
    return row.getString("kind").equals("java class") ? name.replace('.', '/') : name;
  }

  private Traced traced() throws SQLException {
    try (Store opened = Store.openReadOnly(store.file)) {
      Connection connection = opened.connection();
      if (function == null) {
        return ofColdStart(connection);
      }
      FunctionLookup found = FunctionLookup.of(connection, where, function);
      String chosen = found.deployment(deployment);
      Selection selection = Selection.of(found.function(), chosen, null);
      ImportTree tree = ImportTreeReader.read(connection, selection);
      return new Traced(
          function + " " + chosen,
          found.function() + "\n" + chosen,
          function,
          selection.firstSeen(connection),
          Timeline.of(tree));
    }
  }

  private Traced ofColdStart(Connection connection) throws SQLException {
    long id = coldStart == null ? 0 : coldStart;
    ColdStartTrace start =
        ColdStartTrace.read(connection, id)
            .orElseThrow(() -> new Failure(Failure.CANNOT_JUDGE, "There is no cold start " + id));
    Instant began = start.startedAt();
    return new Traced(
        start.function().name() + " " + start.deployment() + " " + began,
        String.valueOf(id),
        start.function().name(),
        began,
        Timeline.of(start));
  }

  private void writeRows() throws SQLException, IOException {
    NamedQuery query =
        NamedQuery.of("export/imports")
            .with("cold_start_id", coldStart)
            .with("format", format.toString());
    String title = "cold-start-" + coldStart;
    if (function != null) {
      FunctionLookup found = lookup(function);
      String chosen = found.deployment(deployment);
      title = function + " " + chosen;
      query
          .with("account", found.function().account())
          .with("region", found.function().region())
          .with("function", function)
          .with("deployment", chosen);
    }
    if (!"-".equals(file)) {
      Path out = target(title);
      try (WholeFile whole = WholeFile.at(out)) {
        query.with("file", whole.path().toString()).copy(store.file);
        whole.keep();
      }
      wrote(out);
      return;
    }
    Path piped = Files.createTempFile("frostline", format.suffix());
    try {
      query.with("file", piped.toString()).copy(store.file);
      Files.copy(piped, System.out);
      System.out.flush();
    } finally {
      Files.delete(piped);
    }
  }

  /** A format by its name, as the help writes it. */
  static final class FormatName implements ITypeConverter<ExportFormat> {
    static final String ALL =
        "speedscope, folded, pprof, chrome-trace, otlp, parquet, csv or classlist";

    @Override
    public ExportFormat convert(String text) {
      return Stream.of(ExportFormat.values())
          .filter(one -> one.name().replace('_', '-').equalsIgnoreCase(text.replace('_', '-')))
          .findFirst()
          .orElseThrow(() -> new TypeConversionException("'" + text + "' is none of " + ALL));
    }
  }

  private FunctionLookup lookup(String name) throws SQLException {
    try (Store opened = Store.openReadOnly(store.file)) {
      return FunctionLookup.of(opened.connection(), where, name);
    }
  }

  private Path target(String title) {
    return file == null ? Path.of(Columns.fileName(title) + format.suffix()) : Path.of(file);
  }

  private void wrote(Path out) throws IOException {
    PrintWriter console = spec.commandLine().getOut();
    console.printf("Wrote %s (%,d kB)%n", out, Math.max(1, Files.size(out) / 1000));
    console.flush();
  }
}
