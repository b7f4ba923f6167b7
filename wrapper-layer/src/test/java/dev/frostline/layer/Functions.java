package dev.frostline.layer;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Objects;

/** The scripts beside these tests and the sample function, by name. */
final class Functions {
  private Functions() {}

  static String script(String name) {
    return path("/functions/" + name).toString();
  }

  static Path path(String resource) {
    try {
      return Path.of(
          Objects.requireNonNull(Functions.class.getResource(resource), resource).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(resource, e);
    }
  }

  /** One deployment of the sample function behind its stand-in for AWS's bootstrap.py. */
  static FunctionStart sample(Python python, String deployment) {
    Path sample = Path.of(System.getProperty("frostline.layer.sample"));
    return FunctionStart.of(python, sample.resolve("bootstrap.py").toString())
        .with("AWS_EXECUTION_ENV", "AWS_Lambda_python" + python.version())
        .with("AWS_LAMBDA_FUNCTION_NAME", "order-price")
        .with("AWS_LAMBDA_FUNCTION_VERSION", "$LATEST")
        .with("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "512")
        .with("AWS_LAMBDA_INITIALIZATION_TYPE", "on-demand")
        .with("_HANDLER", "app.handler")
        .with("LAMBDA_TASK_ROOT", sample.resolve(deployment).toString());
  }
}
