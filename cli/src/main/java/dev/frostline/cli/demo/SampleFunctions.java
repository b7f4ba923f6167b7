package dev.frostline.cli.demo;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * The sample in Python, Java and Node.js, as far as this machine can run it.
 *
 * @param here the functions that can be started
 * @param leftOut a sentence on each of the others: what is missing
 */
record SampleFunctions(List<SampleFunction> here, List<String> leftOut) {
  private static final String JAVA_CLIENT =
      "com.amazonaws.services.lambda.runtime.api.client.AWSLambda";

  /** One language: its function, ready to start in the folder, or why it cannot be. */
  private interface Sample {
    SampleFunction in(Path folder) throws IOException;
  }

  /** Writes the samples into the folder and makes them ready. */
  static SampleFunctions in(Path folder) throws IOException {
    unpack(folder);
    SampleFunctions found = new SampleFunctions(new ArrayList<>(), new ArrayList<>());
    found.add("Python", SampleFunctions::python, folder);
    found.add("Java", SampleFunctions::java, folder);
    found.add("Node.js", SampleFunctions::node, folder);
    if (found.here.isEmpty()) {
      throw new IOException(String.join(" ", found.leftOut));
    }
    return found;
  }

  private void add(String language, Sample sample, Path folder) {
    try {
      here.add(sample.in(folder));
    } catch (IOException e) {
      leftOut.add(language + " is left out: " + e.getMessage());
    }
  }

  private static SampleFunction python(Path folder) throws IOException {
    String print = "import sys; print('%d.%d' % sys.version_info[:2])";
    String version = printed("3\\.\\d+", "python3", "-c", print);
    Path sample = folder.resolve("sample");
    List<String> command = List.of("python3", sample.resolve("bootstrap.py").toString());
    return new SampleFunction(
        "order-price-python", "python:" + version, "app.handler", sample, command);
  }

  /** On the Java that runs this program, which has to be a JDK. */
  private static SampleFunction java(Path folder) throws IOException {
    Path sample = folder.resolve("sample-java");
    Path classes = folder.resolve("classes");
    for (String code : Demo.CODES) {
      compile(List.of(sample.resolve("client"), sample.resolve(code)), classes.resolve(code));
    }
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    List<String> command =
        List.of(
            java,
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            ".",
            JAVA_CLIENT,
            "shop.OrderPrice");
    String version = "java:" + Runtime.version().feature();
    return new SampleFunction("order-price-java", version, "shop.OrderPrice", classes, command);
  }

  private static SampleFunction node(Path folder) throws IOException {
    String version = printed("\\d+", "node", "-p", "process.versions.node.split('.')[0]");
    Path sample = folder.resolve("sample-node");
    List<String> command = List.of("node", sample.resolve("bootstrap.cjs").toString());
    return new SampleFunction(
        "order-price-node", "nodejs:" + version, "app.handler", sample, command);
  }

  /** What a program prints about itself, which shows that it runs here. */
  private static String printed(String form, String... command) throws IOException {
    Process process;
    try {
      process = new ProcessBuilder(command).redirectErrorStream(true).start();
    } catch (IOException e) {
      throw new IOException("there is no " + command[0] + " on the PATH.", e);
    }
    String output =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    if (!output.matches(form)) {
      throw new IOException(command[0] + " does not run here: " + output);
    }
    return output;
  }

  private static void compile(List<Path> sources, Path target) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    if (compiler == null) {
      throw new IOException(
          "its sample is compiled first, and the Java that runs Frostline has no compiler."
              + " A checkout of Frostline shows it with your JDK.");
    }
    Files.createDirectories(target);
    List<Path> files = new ArrayList<>();
    for (Path folder : sources) {
      try (Stream<Path> tree = Files.walk(folder)) {
        tree.filter(file -> file.toString().endsWith(".java")).forEach(files::add);
      }
    }
    StringWriter errors = new StringWriter();
    try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
      List<String> options = List.of("-d", target.toString());
      if (!compiler
          .getTask(errors, manager, null, options, null, manager.getJavaFileObjectsFromPaths(files))
          .call()) {
        throw new IOException("the sample does not compile: " + errors);
      }
    }
  }

  /** The samples are resources: entries of the jar, or files where classes lie in a folder. */
  private static void unpack(Path folder) throws IOException {
    URL samples = SampleFunctions.class.getResource("/demo");
    if (samples == null) {
      throw new IOException("this build carries no samples");
    }
    try {
      URI place = samples.toURI();
      if (!place.getScheme().equals("jar")) {
        copy(Path.of(place), folder);
        return;
      }
      try (FileSystem jar = FileSystems.newFileSystem(place, Map.of())) {
        copy(jar.getPath("/demo"), folder);
      }
    } catch (URISyntaxException e) {
      throw new IOException(samples + " is no place to read from", e);
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> tree = Files.walk(from)) {
      for (Path file : tree.filter(Files::isRegularFile).toList()) {
        Path target = to.resolve(from.relativize(file).toString());
        Files.createDirectories(target.resolveSibling(""));
        try (InputStream in = Files.newInputStream(file)) {
          Files.copy(in, target, StandardCopyOption.REPLACE_EXISTING);
        }
      }
    }
  }
}
