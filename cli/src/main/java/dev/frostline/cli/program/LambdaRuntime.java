package dev.frostline.cli.program;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;

/**
 * AWS's runtime client for Java, as this build carries it: it loads a handler of any form that
 * Lambda takes, reads its events and writes its answers.
 */
final class LambdaRuntime {
  private static final String CLIENT = "com.amazonaws.services.lambda.runtime.api.client.AWSLambda";
  private static final List<String> JARS =
      List.of(
          "aws-lambda-java-core.jar",
          "aws-lambda-java-runtime-interface-client.jar",
          "aws-lambda-java-serialization.jar",
          "utils-lite.jar");

  private final List<Path> jars = new ArrayList<>();

  /** Unpacks it into a folder. */
  LambdaRuntime(Path folder) throws IOException {
    for (String jar : JARS) {
      Runner.copy(jar, folder);
      jars.add(folder.resolve(jar));
    }
    jars.add(training(folder.resolve("training.jar")));
  }

  /** A jar, since archives hold no class of a folder. */
  private static Path training(Path jar) throws IOException {
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
      for (Class<?> part : List.of(TrainingHandler.class, TrainingHandler.Event.class)) {
        String name = part.getName().replace('.', '/') + ".class";
        try (InputStream carried = part.getResourceAsStream("/" + name)) {
          if (carried == null) {
            throw new IOException("this build carries no " + name);
          }
          out.putNextEntry(new JarEntry(name));
          carried.transferTo(out);
        }
      }
    }
    return jar;
  }

  /** Stands in front of a function's own class path, as in Lambda. */
  String classPath() {
    return jars.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
  }

  /** The main class and its argument. */
  static List<String> main(String handler) {
    return List.of(CLIENT, handler);
  }
}
