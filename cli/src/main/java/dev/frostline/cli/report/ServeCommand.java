package dev.frostline.cli.report;

import dev.frostline.cli.comparison.ComparisonJson;
import dev.frostline.cli.output.Browser;
import dev.frostline.cli.output.Failure;
import dev.frostline.cli.output.SafeText;
import dev.frostline.cli.output.Times;
import dev.frostline.cli.settings.ConfigOptions;
import dev.frostline.cli.settings.Settings;
import dev.frostline.cli.store.LakeSource;
import dev.frostline.cli.store.StoreOption;
import dev.frostline.page.Listening;
import dev.frostline.page.Server;
import dev.frostline.page.Source;
import dev.frostline.page.Terms;
import dev.frostline.policy.Policy;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.BindException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The store as a page, on this machine or for a team. */
@Command(
    name = "serve",
    mixinStandardHelpOptions = true,
    description =
        "Shows the store as a page: fleet, function, comparison, cold start, SQL. It only "
            + "reads, except that its readers may accept findings.",
    footer = {
      "",
      "Example: frostline serve --open",
      "         frostline serve --bind 0.0.0.0 --url https://frostline.example.com --token-file"
          + " tokens --db s3://BUCKET/lake"
    })
public final class ServeCommand implements Callable<Integer> {
  private static final int HIGHEST_PORT = 65_535;
  private static final Duration IDLE = Duration.ofMinutes(10);
  private static final Duration RENEWAL = Duration.ofMinutes(1);

  @Spec CommandSpec spec = CommandSpec.create();
  @Mixin StoreOption store = new StoreOption();

  @Option(
      names = "--bind",
      paramLabel = "ADDRESS",
      defaultValue = "127.0.0.1",
      description =
          "Address of this machine to listen on (default: ${DEFAULT-VALUE}). Any but a "
              + "loopback address needs --token-file or --alb-arn, and --url.")
  String bind = "127.0.0.1";

  @Option(
      names = "--port",
      paramLabel = "PORT",
      defaultValue = "7077",
      description = "Port to listen on (default: ${DEFAULT-VALUE}); 0 takes a free one.")
  int port = 7077;

  @Option(
      names = "--url",
      paramLabel = "URL",
      defaultValue = "",
      description = "Address at which its readers open it, e.g. https://frostline.example.com.")
  String url = "";

  @Mixin VisitorsOption visitors = new VisitorsOption();

  @Option(
      names = "--metrics-open",
      description = "Lets anybody who reaches the server read /metrics.")
  boolean metricsOpen;

  @Option(names = "--open", description = "Opens the page in the browser.")
  boolean open;

  @Option(
      names = "--once",
      description = "Ends once the page was opened and then nothing was asked for ten minutes.")
  boolean once;

  @Override
  public Integer call() {
    Listening listening = listening();
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    Source source = store.source();
    try (Server server =
        new Server(
            source,
            listening,
            terms(policy(source), store.option()),
            text -> err.println("frostline: " + SafeText.of(text)))) {
      Runtime.getRuntime().addShutdownHook(new Thread(server::close));
      out.println("Frostline on " + server.address() + "  (Ctrl-C stops)");
      out.flush();
      if (open) {
        Browser.open(server.address(), err);
      }
      if (once) {
        server.awaitIdle(IDLE);
      } else {
        new CountDownLatch(1).await();
      }
    } catch (BindException e) {
      throw new Failure(
          Failure.COULD_NOT,
          "Cannot serve on port " + port + ": " + e.getMessage() + ". Choose another with --port.");
    } catch (IOException e) {
      throw new Failure(Failure.COULD_NOT, "Cannot serve " + store.name + ": " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return 0;
  }

  private Listening listening() {
    if (port < 0 || port > HIGHEST_PORT) {
      throw new Failure(Failure.USAGE, "No port: " + port + ". Ports are 1 to 65535, 0 takes any.");
    }
    try {
      InetAddress address = InetAddress.getByName(bind);
      if (!address.isLoopbackAddress() && !visitors.isForOthers()) {
        throw new Failure(
            Failure.USAGE,
            "--bind "
                + bind
                + " lets other machines in. Say who may read: --token-file FILE, or --alb-arn ARN"
                + " behind a load balancer that signs people in.");
      }
      return new Listening(
          address,
          port,
          url,
          visitors.visitors(),
          metricsOpen,
          store.isLake() ? RENEWAL : Duration.ZERO);
    } catch (UnknownHostException e) {
      throw new Failure(Failure.USAGE, "No address of this machine: " + bind + ".");
    } catch (IllegalArgumentException e) {
      throw new Failure(Failure.USAGE, String.valueOf(e.getMessage()));
    }
  }

  /** That of the settings here; without any, that beside the lake. */
  private Policy policy(Source source) throws IOException {
    Settings settings = ConfigOptions.settings(spec);
    try {
      return settings.file() == null && source instanceof LakeSource lake
          ? lake.policy()
          : settings.policy();
    } catch (IllegalArgumentException e) {
      throw new Failure(Failure.USAGE, String.valueOf(e.getMessage()));
    }
  }

  public static Terms terms(Policy policy, String store) {
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
