package dev.frostline.cli;

import dev.frostline.page.Server;
import dev.frostline.page.Terms;
import dev.frostline.policy.Policy;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The store as a page on this machine. */
@Command(
    name = "serve",
    mixinStandardHelpOptions = true,
    description =
        "Shows the store as a page on this machine: fleet, function, comparison, cold start, SQL."
            + " Read-only.",
    footer = {"", "Example: frostline serve --open"})
final class ServeCommand implements Callable<Integer> {
  private static final int HIGHEST_PORT = 65_535;
  private static final Duration IDLE = Duration.ofMinutes(10);

  @Spec CommandSpec spec = CommandSpec.create();
  @Mixin StoreOption store = new StoreOption();

  @Option(
      names = "--port",
      defaultValue = "7077",
      description = "Port on 127.0.0.1 (default: ${DEFAULT-VALUE}); 0 takes a free one.")
  int port = 7077;

  @Option(names = "--open", description = "Opens the page in the browser.")
  boolean open;

  @Option(
      names = "--once",
      description = "Ends when the page was opened and nothing was asked for ten minutes.")
  boolean once;

  @Override
  public Integer call() {
    if (port < 0 || port > HIGHEST_PORT) {
      throw new Failure(Failure.USAGE, "No port: " + port + ". Ports are 1 to 65535, 0 takes any.");
    }
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    try (Server server =
        new Server(
            store.file,
            port,
            terms(Frostline.settings(spec).policy(), store.option()),
            text -> err.println("frostline: " + SafeText.of(text)))) {
      Runtime.getRuntime().addShutdownHook(new Thread(server::close));
      out.println("Frostline on " + server.address() + "  (read-only; Ctrl-C stops)");
      out.flush();
      if (open) {
        Browser.open(server.address(), err);
      }
      if (once) {
        server.awaitIdle(IDLE);
      } else {
        new CountDownLatch(1).await();
      }
    } catch (IOException e) {
      throw new Failure(
          Failure.COULD_NOT,
          "Cannot serve on port " + port + ": " + e.getMessage() + ". Choose another with --port.");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return 0;
  }

  static Terms terms(Policy policy, String store) {
    return new Terms(ServeCommand::time, ComparisonJson::of, ReportJson::tree, policy, store);
  }

  private static Instant time(String text) {
    try {
      return Times.parse(text, Instant.now());
    } catch (Failure e) {
      throw new IllegalArgumentException(e.reason(), e);
    }
  }
}
