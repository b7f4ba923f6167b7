package dev.frostline.layer;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;

/** AWS's runtime interface client from PyPI, for one interpreter; pip fetches it the first time. */
record PythonClient(Python python, Path folder) {
  private static final long PIP_SECONDS = 60;

  static PythonClient of(Python python) throws IOException, InterruptedException {
    Path work = Path.of(System.getProperty("frostline.layer.work"));
    Path folder = work.resolve("awslambdaric-" + python.version());
    // tests of another process may be about to fetch it too
    try (FileChannel alone =
            FileChannel.open(
                work.resolve(folder.getFileName() + ".lock"),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE);
        FileLock lock = alone.lock()) {
      assumeTrue(
          lock.isValid()
              && (Files.exists(folder.resolve("awslambdaric")) || install(python, folder)),
          "pip cannot have awslambdaric for python" + python.version() + " here");
    }
    return new PythonClient(python, folder);
  }

  /** As the managed runtime starts a function: by its bootstrap script. */
  FunctionStart script(RuntimeApiHost host, String handler) {
    String bootstrap = Functions.path("/runtime/bootstrap.py").toString();
    return environment(FunctionStart.of(python, bootstrap), host).with("_HANDLER", handler);
  }

  /** As container images start it: the client is the program. */
  FunctionStart module(RuntimeApiHost host, String handler) {
    return environment(FunctionStart.of(python, "-m", "awslambdaric", handler), host);
  }

  private FunctionStart environment(FunctionStart start, RuntimeApiHost host) {
    Path handlers = Functions.path("/handlers");
    return start
        .in(handlers)
        .with("PYTHONPATH", folder.toString())
        .with("AWS_LAMBDA_RUNTIME_API", host.address())
        .with("AWS_LAMBDA_FUNCTION_NAME", "fn")
        .with("AWS_LAMBDA_FUNCTION_VERSION", "7")
        .with("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "512")
        .with("AWS_LAMBDA_LOG_GROUP_NAME", "/aws/lambda/fn")
        .with("AWS_LAMBDA_LOG_STREAM_NAME", "2026/11/22/[7]abc")
        .with("LAMBDA_TASK_ROOT", handlers.toString());
  }

  private static boolean install(Python python, Path folder)
      throws IOException, InterruptedException {
    ProcessBuilder pip =
        new ProcessBuilder(
            python.executable().toString(),
            "-m",
            "pip",
            "install",
            "--quiet",
            "--only-binary",
            ":all:",
            "--target",
            folder.toString(),
            "awslambdaric");
    Process process =
        pip.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
    if (process.waitFor(PIP_SECONDS, TimeUnit.SECONDS)) {
      return process.exitValue() == 0;
    }
    process.destroyForcibly();
    return false;
  }
}
