package dev.frostline.layer;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A Node.js of npm's node-linux packages, and AWS's client for it, as src/test/tools/fetch_runtimes
 * leaves them. A machine without them skips the test and says so; CI has them.
 */
record NodeRuntime(String version, Path executable) {
  private static final int OLDEST_OF_CLIENT = 22;

  /** The even versions that Frostline promises to capture. */
  static Stream<String> versions() {
    return Stream.of("18", "20", "22", "24", "26");
  }

  /** Those that AWS's client of today runs on. */
  static Stream<String> versionsOfClient() {
    return versions().filter(version -> Integer.parseInt(version) >= OLDEST_OF_CLIENT);
  }

  static NodeRuntime ofVersion(String version) {
    return new NodeRuntime(version, fetched("node-" + version).resolve("bin/node"));
  }

  /** A folder that the script fills. */
  static Path fetched(String name) {
    String configured = System.getenv("FROSTLINE_TEST_RUNTIMES");
    Path cache =
        configured == null
            ? Path.of(System.getProperty("user.home"), ".cache", "frostline-tests")
            : Path.of(configured);
    Path folder = cache.resolve(name);
    if ("true".equals(System.getenv("CI")) && !Files.isDirectory(folder)) {
      throw new IllegalStateException("no " + folder + ": CI runs src/test/tools/fetch_runtimes");
    }
    assumeTrue(Files.isDirectory(folder), "src/test/tools/fetch_runtimes has not fetched " + name);
    return folder;
  }

  /** A script, to be timed by the wrapper. */
  FunctionStart script(Path script, String... arguments) {
    List<String> command =
        Stream.concat(Stream.of(executable.toString(), script.toString()), Stream.of(arguments))
            .toList();
    Map<String, String> environment =
        Map.of("PATH", "/usr/bin:/bin", "LANG", "C.UTF-8", "FROSTLINE_NODE", "1");
    return new FunctionStart(command, environment, Path.of("/"));
  }

  /**
   * A function behind AWS's client, or on versions that it does not run on behind a stand-in that
   * loads its native part.
   */
  FunctionStart function(RuntimeApiHost host, Path taskRoot, String handler) {
    Path client = fetched("aws-lambda-ric").resolve("node_modules/aws-lambda-ric");
    boolean own = versionsOfClient().anyMatch(version::equals);
    Path script = own ? client.resolve("index.mjs") : Functions.path("/node/bootstrap.mjs");
    return script(script)
        .with("RAPID_CLIENT", client.resolve("rapid-client.node").toString())
        .with("AWS_EXECUTION_ENV", "AWS_Lambda_nodejs" + version + ".x")
        .with("AWS_LAMBDA_RUNTIME_API", host.address())
        .with("AWS_LAMBDA_FUNCTION_NAME", "fn")
        .with("AWS_LAMBDA_FUNCTION_VERSION", "7")
        .with("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "128")
        .with("AWS_LAMBDA_LOG_GROUP_NAME", "/aws/lambda/fn")
        .with("AWS_LAMBDA_LOG_STREAM_NAME", "2026/11/22/[7]abc")
        .with("AWS_REGION", "eu-west-1")
        .with("FROSTLINE_DEPLOYMENT", "v42")
        .with("LAMBDA_TASK_ROOT", taskRoot.toString())
        .with("_HANDLER", handler);
  }
}
