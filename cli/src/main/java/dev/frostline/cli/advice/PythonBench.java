package dev.frostline.cli.advice;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.frostline.cli.layer.LocalProgram;
import dev.frostline.cli.layer.UnpackedLayer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Where variants of a Python program are made and run: a folder of ours with the layer, the scripts
 * that play a program and write patches, and each variant's code. Nothing is written into the
 * program's own folder but the {@code .pyc} files that Python writes there itself.
 */
public final class Workbench {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> SCRIPTS =
      List.of(
          "play.py",
          "frostline_play.py",
          "frostline_end.py",
          "frostline_survey.py",
          "frostline_defer.py");

  /** The layer sees imports where the survey does, and one would hide them from the other. */
  private static final Map<String, String> NO_LAYER = Map.of("FROSTLINE_ENABLED", "0");

  private final PythonCommand program;
  private final Path folder;
  private final Path wrapper;
  private final Path log;
  private final long timeoutSeconds;
  private List<Map<String, Object>> modules = List.of();
  private int made;

  /**
   * Sets it up in an empty folder.
   *
   * @throws IOException when the folder cannot be written
   */
  public Workbench(PythonCommand program, Path folder, long timeoutSeconds) throws IOException {
    this.program = program;
    this.folder = folder;
    this.timeoutSeconds = timeoutSeconds;
    wrapper = UnpackedLayer.wrapperIn(folder.resolve("opt"));
    log = folder.resolve("stderr");
    for (String script : SCRIPTS) {
      try (InputStream carried = Workbench.class.getResourceAsStream(script)) {
        if (carried == null) {
          throw new IOException("this build carries no " + script);
        }
        Files.copy(carried, folder.resolve(script));
      }
    }
  }

  /** The standard error of the last run, which the layer's lines are part of. */
  public Path log() {
    return log;
  }

  /**
   * Runs the program once to see what it loads; afterwards variants can be made.
   *
   * @throws IOException when it does not run to its end with exit code 0
   */
  public ImportGraph survey() throws IOException {
    Map<String, Object> request = request("plan", List.of());
    request.put("survey", true);
    Variant survey = make(Change.NONE, request);
    ImportGraph.Builder graph = new ImportGraph.Builder();
    Played run = run(survey, NO_LAYER, graph::add);
    if (run.exit() != 0) {
      throw new IOException(program + " ended with exit code " + run.exit() + lastLine(run));
    }
    modules = graph.modules();
    return graph.build();
  }

  private static String lastLine(Played run) {
    List<String> lines = run.stderr().lines().filter(line -> !line.isBlank()).toList();
    return lines.isEmpty() ? "" : ": " + lines.get(lines.size() - 1).strip();
  }

  /** The modules that the program's own files import, with what would have to be deferred. */
  public List<Candidate> candidates() throws IOException {
    List<Candidate> candidates = new ArrayList<>();
    for (JsonNode one : asked(request("candidates", List.of())).path("candidates")) {
      List<ImportGraph.Edge> edges = new ArrayList<>();
      one.path("edges")
          .forEach(
              edge ->
                  edges.add(new ImportGraph.Edge(edge.path(0).asText(), edge.path(1).asText())));
      candidates.add(new Candidate(one.path("module").asText(), edges, stays(one.path("needed"))));
    }
    return candidates;
  }

  /** The program with a change. */
  public Variant make(Change change) throws IOException {
    boolean patched = change.kind() == Change.Kind.DEFER || change.kind() == Change.Kind.DROP;
    Map<String, Object> request = request("plan", patched ? change.modules() : List.of());
    request.put("dropped", change.kind() == Change.Kind.DROP ? change.modules() : List.of());
    request.put("uncompiled", change.kind() == Change.Kind.UNCOMPILED);
    return make(change, request);
  }

  /** The program as it is, that tells where deferred imports would be reached. */
  public Variant makeWatched(List<String> targets) throws IOException {
    Map<String, Object> request = request("plan", targets);
    request.put("removing", false);
    return make(Change.NONE, request);
  }

  private Variant make(Change change, Map<String, Object> request) throws IOException {
    Path own = Files.createDirectory(folder.resolve("variant" + made++));
    request.put("out", own.toString());
    JsonNode answer = asked(request);
    return new Variant(change, own, answer.path("diff").asText(""), stays(answer.path("needed")));
  }

  private static List<Variant.Stay> stays(JsonNode needed) {
    List<Variant.Stay> stays = new ArrayList<>();
    for (JsonNode one : needed) {
      stays.add(
          new Variant.Stay(
              one.path("file").asText(), one.path("line").asInt(), one.path("why").asText()));
    }
    return stays;
  }

  private Map<String, Object> request(String what, List<String> targets) {
    Map<String, Object> request = new LinkedHashMap<>();
    request.put("do", what);
    request.put("folder", program.folder().toString());
    put(request, "main", program.script());
    put(request, "module", program.module());
    put(request, "handler", program.handler());
    put(request, "events", program.events());
    request.put("modules", modules);
    request.put("targets", targets);
    return request;
  }

  private static void put(Map<String, Object> request, String key, @Nullable Object value) {
    if (value != null) {
      request.put(key, value.toString());
    }
  }

  /** Asks the program's own interpreter, whose grammar its files are written in. */
  private JsonNode asked(Map<String, Object> request) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            program.interpreter(), "-S", folder.resolve("frostline_defer.py").toString());
    builder.directory(program.folder().toFile());
    builder.redirectError(log.toFile());
    Process process = builder.start();
    try {
      JSON.writeValue(process.getOutputStream(), request);
      byte[] answer = process.getInputStream().readAllBytes();
      if (process.waitFor() != 0) {
        List<String> lines = Files.readString(log).lines().toList();
        throw new IOException(
            "the patch cannot be written: " + (lines.isEmpty() ? "" : lines.get(lines.size() - 1)));
      }
      return JSON.readTree(answer);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } finally {
      process.destroyForcibly();
    }
  }

  /** The program without anything of this workbench but the layer. */
  public Played runPlain() throws IOException {
    return run(program.words(), Map.of(), "plain", folder.resolve("none"), line -> {});
  }

  /** Runs a variant once. */
  public Played run(Variant variant) throws IOException {
    return run(variant, variant.change().variables(), line -> {});
  }

  private Played run(Variant variant, Map<String, String> variables, Consumer<String> reader)
      throws IOException {
    Path record = folder.resolve("record");
    Files.deleteIfExists(record);
    List<String> words =
        program.played(folder.resolve("play.py"), variant.folder().resolve("plan"), record);
    return run(words, variables, variant.change().words(), record, reader);
  }

  private Played run(
      List<String> words,
      Map<String, String> variables,
      String deployment,
      Path record,
      Consumer<String> reader)
      throws IOException {
    Path output = folder.resolve("stdout");
    Map<String, String> environment = new HashMap<>(variables);
    // the order of sets would differ from run to run, and with it what is printed
    environment.putIfAbsent("PYTHONHASHSEED", System.getenv().getOrDefault("PYTHONHASHSEED", "0"));
    OptionalInt exit =
        new LocalProgram(words, wrapper, deployment, program.folder())
            .run(log, ProcessBuilder.Redirect.to(output.toFile()), environment, timeoutSeconds);
    if (exit.isEmpty()) {
      throw new IOException(
          program + " was still running after " + timeoutSeconds + " s. Give it more --timeout-s");
    }
    List<String> lines = Files.exists(record) ? Files.readAllLines(record) : List.of("exit 0");
    lines.forEach(reader);
    return Played.read(exit.getAsInt(), text(output), text(log), lines);
  }

  private static String text(Path file) throws IOException {
    return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
  }
}
