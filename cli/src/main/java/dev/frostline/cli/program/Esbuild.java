package dev.frostline.cli.program;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The bundler, as a project or this machine has it. */
record Esbuild(Path program, Path where) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** What bundled CommonJS modules ask for in an ES module, where it is not. */
  private static final String REQUIRE =
      "--banner:js=import { createRequire } from 'module';"
          + " const require = createRequire(import.meta.url);";

  /**
   * That of the folder's project, else that on the PATH.
   *
   * @throws IOException when there is none
   */
  static Esbuild near(Path folder) throws IOException {
    List<Path> places = new ArrayList<>();
    for (Path at = folder.toAbsolutePath(); at != null; at = at.getParent()) {
      places.add(at.resolve("node_modules/.bin/esbuild"));
    }
    for (String path : System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1)) {
      places.add(Path.of(path, "esbuild"));
    }
    return places.stream()
        .filter(Files::isExecutable)
        .findFirst()
        .map(found -> new Esbuild(found, folder))
        .orElseThrow(
            () ->
                new IOException(
                    "there is no esbuild in node_modules or on the PATH. npm install esbuild has"
                        + " it"));
  }

  /** Bundles a file and all that it loads into a folder. */
  Path bundle(Path entry, Path into) throws IOException {
    Path file = into.resolve(isEsModule(entry) ? "bundle.mjs" : "bundle.cjs");
    List<String> words = new ArrayList<>(List.of(program.toString(), entry.toString()));
    words.addAll(options(entry));
    words.add("--outfile=" + file);
    Process process =
        new ProcessBuilder(words).directory(where.toFile()).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      if (process.waitFor() != 0) {
        throw new IOException("esbuild cannot bundle " + entry + ": " + said.strip());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
    return file;
  }

  private List<String> options(Path entry) throws IOException {
    List<String> options = new ArrayList<>(List.of("--bundle", "--platform=node"));
    options.add("--log-level=error");
    options.add("--loader:.node=copy");
    if (isEsModule(entry)) {
      options.addAll(List.of("--format=esm", REQUIRE));
    }
    return options;
  }

  /** What to do for it. */
  String step(Path entry) throws IOException {
    String format = isEsModule(entry) ? " --format=esm" : "";
    return "esbuild "
        + where.relativize(entry)
        + " --bundle --platform=node"
        + format
        + " --outfile=dist/"
        + entry.getFileName();
  }

  /** As Node.js tells it: by the file's name, or the nearest package.json. */
  private static boolean isEsModule(Path entry) throws IOException {
    String name = entry.toString();
    if (name.endsWith(".mjs") || name.endsWith(".cjs")) {
      return name.endsWith(".mjs");
    }
    for (Path at = entry.getParent(); at != null; at = at.getParent()) {
      Path described = at.resolve("package.json");
      if (Files.isRegularFile(described)) {
        return JSON.readTree(described.toFile()).path("type").asText().equals("module");
      }
    }
    return false;
  }
}
