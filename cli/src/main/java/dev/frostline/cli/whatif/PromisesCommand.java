package dev.frostline.cli.whatif;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.frostline.cli.comparison.ComparisonText;
import dev.frostline.cli.output.Failure;
import dev.frostline.cli.output.OutputFormat;
import dev.frostline.cli.output.OutputOption;
import dev.frostline.cli.output.SafeText;
import dev.frostline.cli.store.FunctionLookup;
import dev.frostline.cli.store.FunctionOption;
import dev.frostline.cli.store.StoreOption;
import dev.frostline.lake.Place;
import dev.frostline.lake.PromisesBeside;
import dev.frostline.policy.Delivery;
import dev.frostline.policy.Promise;
import dev.frostline.policy.Promises;
import dev.frostline.store.Store;
import dev.frostline.store.StoredHistories;
import dev.frostline.verdict.Judge;
import dev.frostline.verdict.comparison.Comparison;
import dev.frostline.verdict.statistics.Thresholds;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Advice that was taken, held against the deployment that carries it. */
@Command(
    name = "promises",
    mixinStandardHelpOptions = true,
    description = {
      "Lists the advice that was taken, and what the deployment that carries it delivered.",
      "With --add, it takes advice: the JSON answer of advise or what-if. That is held "
          + "against the first deployment of the function after that, or the one that "
          + "--deployment names. Of a lake it is kept in promises/ beside it, where the weekly "
          + "report finds it too."
    },
    footer = {
      "",
      "Example: frostline advise -o json -- python3 app.py > advice.json",
      "         frostline promises --add advice.json -f checkout-api",
      "         frostline promises",
      "         frostline promises --remove 3"
    })
public final class PromisesCommand implements Callable<Integer> {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Spec CommandSpec spec = CommandSpec.create();
  @Mixin StoreOption store = new StoreOption();
  @Mixin OutputOption output = new OutputOption();
  @Mixin FunctionOption function = new FunctionOption();

  @Option(
      names = "--add",
      paramLabel = "FILE",
      description = "Takes the advice of this answer (- for standard input) for --function.")
  @Nullable String add;

  @Option(
      names = "--deployment",
      paramLabel = "NAME",
      description = "The deployment that carries what is added (default: the next one).")
  @Nullable String deployment;

  @Option(
      names = "--by",
      paramLabel = "NAME",
      defaultValue = "${user.name}",
      description = "Who takes it (default: your user name).")
  String by = "";

  @Option(
      names = "--remove",
      paramLabel = "NUMBER",
      description = "Removes the promise of this number.")
  @Nullable Long remove;

  Clock clock = Clock.systemUTC();

  @Override
  public Integer call() {
    try {
      if (add != null) {
        TakenAdvice taken =
            TakenAdvice.of(read(add))
                .orElseThrow(
                    () ->
                        new Failure(
                            Failure.USAGE,
                            add + " proposes nothing: what helps is there to be promised alone"));
        print(added(taken, function, store, deployment, by, clock));
      } else if (remove != null) {
        remove(remove);
      } else {
        list();
      }
    } catch (SQLException e) {
      throw new Failure(Failure.COULD_NOT, "Cannot keep promises: " + e.getMessage());
    }
    return 0;
  }

  private static JsonNode read(String file) {
    try {
      JsonNode answer =
          file.equals("-")
              ? JSON.readTree(System.in)
              : JSON.readTree(Files.readAllBytes(Path.of(file)));
      if (!answer.has("trial") && !answer.has("tried")) {
        throw new Failure(
            Failure.USAGE, file + " is no answer of advise -o json or what-if -o json");
      }
      return answer;
    } catch (IOException e) {
      throw new Failure(Failure.COULD_NOT, "Cannot read " + file + ": " + e.getMessage());
    }
  }

  /** Writes an advice down as taken, and tells so in a sentence. */
  static String added(
      TakenAdvice taken,
      FunctionOption function,
      StoreOption store,
      @Nullable String deployment,
      String by,
      Clock clock)
      throws SQLException {
    String name = function.name;
    if (name == null) {
      throw new Failure(Failure.USAGE, "Say of which function it is promised: --function NAME");
    }
    try (Store opened = Store.open(existing(store))) {
      FunctionLookup found = FunctionLookup.of(opened.connection(), function.where, name);
      Promise promise =
          kept(
              taken.promise(opened.connection(), found, deployment, by, clock.instant()),
              store.lake());
      new Promises(opened.connection()).add(promise);
      return "Promised for "
          + name
          + ": "
          + promise.change()
          + ", init "
          + TrialText.interval(promise.promisedMs())
          + (promise.scale() == 1
              ? ""
              : String.format(
                  ", from %s where it was tried",
                  ComparisonText.signed(promise.measuredMs().estimate())));
    }
  }

  /** Beside the lake first: what cannot be written there is not promised here either. */
  private static Promise kept(Promise promise, @Nullable String lake) {
    if (lake == null) {
      return promise;
    }
    try (Place beside = Place.at(Place.above(lake), null)) {
      return new PromisesBeside(beside).add(promise);
    } catch (IOException e) {
      throw notWritten(e);
    }
  }

  private static Failure notWritten(IOException e) {
    return new Failure(
        Failure.COULD_NOT,
        "Cannot write to "
            + e.getMessage()
            + ". Check the name, the credentials and s3:PutObject on it.");
  }

  private void remove(long number) throws SQLException {
    String lake = store.lake();
    if (lake != null) {
      try (Place beside = Place.at(Place.above(lake), null)) {
        new PromisesBeside(beside).remove(number);
      } catch (IOException e) {
        throw notWritten(e);
      }
    }
    try (Store opened = Store.open(existing(store))) {
      if (!new Promises(opened.connection()).remove(number)) {
        throw new Failure(
            Failure.USAGE, "There is no promise " + number + ". See frostline promises");
      }
    }
    print("Struck out: promise " + number);
  }

  /** Opening to write would make a store where there is none. */
  private static Path existing(StoreOption store) {
    Store.openReadOnly(store.file).close();
    return store.file;
  }

  private void list() throws SQLException {
    PrintWriter out = spec.commandLine().getOut();
    try (Store opened = Store.openReadOnly(store.file)) {
      PromisesOutput answer = new PromisesOutput(deliveries(opened.connection()));
      switch (output.format) {
        case JSON -> answer.printJson(out);
        case OFF -> {}
        case CSV, MARKDOWN -> answer.grid().print(output.format, out);
        case TABLE -> answer.printTable(out);
      }
    }
    out.flush();
  }

  private List<Delivery> deliveries(Connection connection) throws SQLException {
    List<Promise> promises =
        new Promises(connection).of(function.where.account, function.where.region, function.name);
    if (promises.isEmpty()) {
      return List.of();
    }
    List<Comparison> judged =
        new Judge(Thresholds.DEFAULT)
            .answer(new StoredHistories(connection), function.query(null, null))
            .comparisons();
    return Delivery.of(promises, judged);
  }

  private void print(String done) {
    if (output.format != OutputFormat.OFF) {
      spec.commandLine().getOut().println(SafeText.of(done));
    }
  }
}
