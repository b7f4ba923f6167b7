package dev.frostline.cli.program;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A Python program: its imports are deferred or left out by patches, which {@code
 * frostline_defer.py} writes and {@code frostline_play.py} runs in the place of its files. Python
 * itself writes the {@code .pyc} files that it always would.
 */
public final class PythonBench implements Bench {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> SCRIPTS =
      List.of(
          "play.py",
          "frostline_play.py",
          "frostline_end.py",
          "frostline_survey.py",
          "frostline_defer.py");

  private static final int SURVEYS = 2;

  /** The layer sees imports where the survey does, and one would hide them from the other. */
  private static final Map<String, String> NO_LAYER = Map.of("FROSTLINE_ENABLED", "0");

  private final PythonCommand program;
  private final Path folder;
  private final Runner runner;
  private @Nullable ImportGraph graph;
  private final Set<String> libraries = new TreeSet<>();
  private final Set<String> own = new TreeSet<>();
  private List<Map<String, Object>> modules = List.of();
  private List<Path> made = List.of();
  private int variants;

  /**
   * Sets it up in an empty folder.
   *
   * @throws IOException when the folder cannot be written
   */
  public PythonBench(PythonCommand program, Path folder, long timeoutSeconds) throws IOException {
    this.program = program;
    this.folder = folder;
    runner = new Runner(folder, program.folder(), timeoutSeconds);
    for (String script : SCRIPTS) {
      Runner.copy(script, folder);
    }
  }

  @Override
  public Change.Language language() {
    return Change.Language.PYTHON;
  }

  @Override
  public Path log() {
    return runner.log();
  }

  /**
   * What the program loads, by runs of it that the first question brings about.
   *
   * @throws IOException when it does not run to its end with exit code 0
   */
  public ImportGraph graph() throws IOException {
    if (graph == null) {
      graph = surveyed();
    }
    return graph;
  }

  private ImportGraph surveyed() throws IOException {
    Map<String, Object> request = request("plan", List.of());
    request.put("survey", true);
    ImportGraph.Builder builder = new ImportGraph.Builder();
    Variant surveyed = make(Change.NONE, request);
    for (int runs = 0; runs < SURVEYS; runs++) {
      Played run = run(surveyed, NO_LAYER, builder::add);
      if (run.exit() != 0) {
        throw new IOException(program + " ended with exit code " + run.exit() + run.lastLine());
      }
      made = builder.made();
    }
    modules = builder.modules();
    return builder.build();
  }

  /** Modules that neither the program nor Python has itself. */
  public Set<String> libraries() throws IOException {
    own();
    return Set.copyOf(libraries);
  }

  /** The program's own modules. */
  public Set<String> own() throws IOException {
    if (own.isEmpty()) {
      candidates(List.of());
    }
    return Set.copyOf(own);
  }

  /**
   * The libraries' modules that have to be read to defer some modules: none where the program's own
   * imports alone load them. Who asks for a module may hand on what it took from it.
   */
  private Set<String> readers(List<String> modules) throws IOException {
    Set<String> found = new TreeSet<>();
    for (String module : modules) {
      if (graph().isReachedWithout(own(), module)) {
        Set<String> asking = graph().importersOf(Set.of(module));
        found.addAll(asking);
        found.addAll(graph().importersOf(asking));
      }
    }
    found.retainAll(libraries());
    return found;
  }

  /**
   * Modules with what would have to be deferred.
   *
   * @param modules none for all that the program's own files import
   */
  public List<Candidate> candidates(List<String> modules) throws IOException {
    graph();
    Map<String, Object> request = request("candidates", modules);
    request.put("readers", modules.isEmpty() ? List.of() : readers(modules));
    JsonNode answer = asked(request);
    answer.path("libraries").forEach(name -> libraries.add(name.asText()));
    answer.path("own").forEach(name -> own.add(name.asText()));
    List<Candidate> candidates = new ArrayList<>();
    for (JsonNode one : answer.path("candidates")) {
      List<ImportGraph.Edge> edges = new ArrayList<>();
      one.path("edges")
          .forEach(
              edge ->
                  edges.add(new ImportGraph.Edge(edge.path(0).asText(), edge.path(1).asText())));
      candidates.add(new Candidate(one.path("module").asText(), edges, stays(one.path("needed"))));
    }
    return candidates;
  }

  @Override
  public Variant make(Change change) throws IOException {
    graph();
    boolean patched = change.kind() == Change.Kind.DEFER || change.kind() == Change.Kind.DROP;
    Map<String, Object> request = request("plan", patched ? change.modules() : List.of());
    request.put("readers", patched ? readers(change.modules()) : List.of());
    request.put("dropped", change.kind() == Change.Kind.DROP ? change.modules() : List.of());
    request.put("uncompiled", change.kind() == Change.Kind.UNCOMPILED);
    return make(change, request);
  }

  /** The program as it is, that tells where deferred imports would be reached. */
  public Variant makeWatched(List<String> targets) throws IOException {
    graph();
    Map<String, Object> request = request("plan", targets);
    request.put("removing", false);
    return make(Change.NONE, request);
  }

  private Variant make(Change change, Map<String, Object> request) throws IOException {
    Path own = Files.createDirectory(folder.resolve("variant" + variants++));
    request.put("out", own.toString());
    JsonNode answer = asked(request);
    List<String> words = program.played(folder.resolve("play.py"), own.resolve("plan"), record());
    return new Variant(
        change,
        words,
        variables(change),
        answer.path("diff").asText(""),
        stays(answer.path("needed")),
        steps(change));
  }

  private Path record() {
    return runner.record();
  }

  private static Map<String, String> variables(Change change) {
    return change.kind() == Change.Kind.OPTIMIZE ? Map.of("PYTHONOPTIMIZE", "1") : Map.of();
  }

  private static List<String> steps(Change change) {
    return switch (change.kind()) {
      case PYC ->
          List.of("python3 -m compileall -q . # with the function's Python, before packing");
      case OPTIMIZE -> List.of("PYTHONOPTIMIZE=1 # a variable of the function");
      default -> List.of();
    };
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
    builder.redirectError(log().toFile());
    Process process = builder.start();
    try {
      JSON.writeValue(process.getOutputStream(), request);
      byte[] answer = process.getInputStream().readAllBytes();
      if (process.waitFor() != 0) {
        List<String> lines = Files.readString(log()).lines().toList();
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

  /** A handler does not run by itself. */
  @Override
  public Optional<Played> runPlain() throws IOException {
    if (program.handler() != null) {
      return Optional.empty();
    }
    Variant plain = Variant.of(Change.NONE, program.words(), Map.of());
    return Optional.of(run(plain, Map.of(), line -> {}));
  }

  @Override
  public Played run(Variant variant) throws IOException {
    return run(variant, variant.variables(), line -> {});
  }

  @Override
  public Played run(Variant variant, Set<Integer> skipped) throws IOException {
    Map<String, String> variables = new HashMap<>(variant.variables());
    variables.put(
        "FROSTLINE_SKIPPED",
        skipped.stream().map(String::valueOf).collect(Collectors.joining(" ")));
    return run(variant, variables, line -> {});
  }

  /** Each run begins as the first one did: without the files that init makes. */
  private Played run(Variant variant, Map<String, String> variables, Consumer<String> reader)
      throws IOException {
    for (Path file : made) {
      Files.deleteIfExists(file);
    }
    Map<String, String> environment = new HashMap<>(variables);
    // the order of sets would differ from run to run, and with it what is printed
    environment.putIfAbsent("PYTHONHASHSEED", System.getenv().getOrDefault("PYTHONHASHSEED", "0"));
    return runner.run(variant, environment, reader);
  }
}
