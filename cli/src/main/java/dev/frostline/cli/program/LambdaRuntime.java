package dev.frostline.cli.program;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;

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

  private static final String LIBRARY_PROPERTY =
      "com.amazonaws.services.lambda.runtime.api.client.runtimeapi.NativeClient.JNI";

  private final List<Path> jars = new ArrayList<>();
  private final Path library;

  /** Unpacks it into a folder. */
  LambdaRuntime(Path folder) throws IOException {
    for (String jar : JARS) {
      Runner.copy(jar, folder);
      jars.add(folder.resolve(jar));
    }
    jars.add(training(folder.resolve("training.jar")));
    library = library(jars.get(1), folder);
  }

  /** The client itself would unpack it to /tmp, over that of another function that runs. */
  private static Path library(Path client, Path folder) throws IOException {
    String processor = System.getProperty("os.arch", "").equals("aarch64") ? "aarch_64" : "x86_64";
    String libc = Files.exists(Path.of("/etc/alpine-release")) ? "linux_musl" : "linux";
    String name = "libaws-lambda-jni." + libc + "-" + processor + ".so";
    Path library = folder.resolve(name);
    try (JarFile jar = new JarFile(client.toFile());
        InputStream carried = jar.getInputStream(new ZipEntry("jni/" + name))) {
      if (carried == null) {
        throw new IOException("AWS's runtime client carries no " + name);
      }
      Files.copy(carried, library);
    }
    return library;
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

  /** The main class with its argument, behind its option. */
  List<String> main(String handler) {
    return List.of("-D" + LIBRARY_PROPERTY + "=" + library, CLIENT, handler);
  }
}
