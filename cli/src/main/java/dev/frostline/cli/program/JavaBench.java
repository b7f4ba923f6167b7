package dev.frostline.cli.program;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A Java program or handler, started with other options of its JVM, and with archives that this JVM
 * makes of it. It is run without the layer's agent, which such an archive does not survive. Of a
 * program the CPU time of all of it counts, from the start of the JVM to its end; a handler is
 * played its events by AWS's runtime client, which has an archive of its own on both sides, as in
 * Lambda.
 */
public final class JavaBench implements Bench {
  private static final Map<String, String> NO_AGENT = Map.of("FROSTLINE_JAVA", "off");
  private static final String ARCHIVE = "-XX:SharedArchiveFile=";
  private static final String MAKES_ARCHIVE = "-XX:ArchiveClassesAtExit=";
  private static final String AOT_CACHE = "-XX:AOTCache=";
  private static final String MAKES_AOT_CACHE = "-XX:AOTCacheOutput=";

  private static final String ONE_TIER = "-XX:TieredStopAtLevel=1";

  private static final Pattern HOME = Pattern.compile("(?m)^ *java\\.home = (.*)$");

  private static final Pattern TIER = Pattern.compile("^-XX:TieredStopAtLevel=");
  private static final Pattern ARCHIVES =
      Pattern.compile("^-(XX:(SharedArchiveFile|ArchiveClassesAtExit|AOT\\w+)=|Xshare:)");
  private static final Pattern COMPLAINT = Pattern.compile("(?i)error|unrecognized|cannot");

  private final JavaCommand program;
  private final Path folder;
  private final Runner runner;
  private @Nullable LambdaRuntime runtime;
  private @Nullable List<String> runtimeArchive;

  /**
   * Sets it up in an empty folder.
   *
   * @throws IOException when the folder cannot be written
   */
  public JavaBench(JavaCommand program, Path folder, long timeoutSeconds) throws IOException {
    this.program = program;
    this.folder = folder;
    runner = new Runner(folder, program.folder(), timeoutSeconds);
    if (program.handler() != null) {
      if (!Files.isReadable(Path.of("/proc/self/stat"))) {
        throw new IllegalArgumentException("Handlers of Java are played on Linux alone");
      }
      runtime = new LambdaRuntime(folder);
    }
  }

  @Override
  public Change.Language language() {
    return Change.Language.JAVA;
  }

  @Override
  public Variant make(Change change) throws IOException {
    return switch (change.kind()) {
      case NONE -> variant(change, runtimeArchive());
      case TIERED -> {
        checkOptions(TIER);
        List<String> options = new ArrayList<>(runtimeArchive());
        options.add(ONE_TIER);
        yield variant(change, options, ONE_TIER);
      }
      case APPCDS -> archived(change, "app.jsa", MAKES_ARCHIVE, ARCHIVE);
      case AOT_CACHE -> archived(change, "app.aot", MAKES_AOT_CACHE, AOT_CACHE);
      case APPCDS_TIERED -> archived(change, "tiered.jsa", MAKES_ARCHIVE, ARCHIVE, ONE_TIER);
      case AOT_CACHE_TIERED -> archived(change, "tiered.aot", MAKES_AOT_CACHE, AOT_CACHE, ONE_TIER);
      case CLASSLIST -> {
        checkOptions(ARCHIVES);
        Path archive = folder.resolve("list.jsa");
        String list = "-XX:SharedClassListFile=" + classList(change);
        train(archive, List.of("-Xshare:dump", list, ARCHIVE + archive));
        yield variant(
            change,
            List.of(ARCHIVE + archive),
            "cat $JAVA_HOME/lib/classlist FILE > all.classlist",
            "java -Xshare:dump -XX:SharedClassListFile=all.classlist"
                + " -XX:SharedArchiveFile=app.jsa … # once, with the function's JVM and jars",
            "java -XX:SharedArchiveFile=app.jsa …");
      }
      default -> throw new IllegalArgumentException(change.words() + " is no Java program");
    };
  }

  /** With a file that the JVM makes as a run of the program ends, and other options at both. */
  private Variant archived(Change change, String name, String makes, String uses, String... options)
      throws IOException {
    checkOptions(ARCHIVES);
    if (options.length > 0) {
      checkOptions(TIER);
    }
    Path file = folder.resolve(name);
    String more = String.join("", Stream.of(options).map(option -> option + " ").toList());
    train(file, Stream.concat(Stream.of(options), Stream.of(makes + file)).toList());
    return variant(
        change,
        Stream.concat(Stream.of(options), Stream.of(uses + file)).toList(),
        "java " + more + makes + name + " … # once, with the function's JVM and jars",
        "java " + more + uses + name + " …");
  }

  private Variant variant(Change change, List<String> options, String... steps) {
    return Variant.of(change, command(options), NO_AGENT, steps);
  }

  private List<String> command(List<String> options) {
    return runtime == null
        ? program.with(options)
        : program.with(
            options, runtime.classPath(), runtime.main(String.valueOf(program.handler())));
  }

  /**
   * The option by which the runtime client comes out of an archive, as Lambda's own does: without,
   * an archive of the function would gain what the client costs. The newest form that this JVM has;
   * none where it has none, or where the command names an archive.
   */
  private List<String> runtimeArchive() throws IOException {
    if (runtimeArchive == null) {
      runtimeArchive = runtime == null || has(ARCHIVES) ? List.of() : archiveOf(runtime);
    }
    return runtimeArchive;
  }

  private List<String> archiveOf(LambdaRuntime client) throws IOException {
    Map<String, String> forms = new LinkedHashMap<>();
    forms.put(MAKES_AOT_CACHE, AOT_CACHE);
    forms.put(MAKES_ARCHIVE, ARCHIVE);
    for (Map.Entry<String, String> form : forms.entrySet()) {
      Path archive = folder.resolve("runtime");
      runAlone(client, form.getKey() + archive);
      if (Files.exists(archive)) {
        return List.of(form.getValue() + archive);
      }
    }
    return List.of();
  }

  /**
   * The JVM's own list, without which it would archive nothing of itself, that of what stands in an
   * archive before, and the one given.
   */
  private Path classList(Change change) throws IOException {
    List<String> words = List.of(program.java(), "-XshowSettings:properties", "-version");
    String settings = runner.runTimed(Variant.of(Change.NONE, words, NO_AGENT)).stderr();
    Matcher home = HOME.matcher(settings);
    Path own = home.find() ? Path.of(home.group(1), "lib", "classlist") : folder.resolve("none");
    List<String> classes =
        new ArrayList<>(Files.exists(own) ? Files.readAllLines(own) : List.<String>of());
    if (runtime != null && !runtimeArchive().isEmpty()) {
      classes.addAll(classesOf(runtime));
    }
    classes.addAll(change.list());
    return Files.write(folder.resolve("all.classlist"), classes);
  }

  /** What a run of the client alone loads, without the numbers that such a list has. */
  private List<String> classesOf(LambdaRuntime client) throws IOException {
    Path list = folder.resolve("runtime.classlist");
    runAlone(client, "-XX:DumpLoadedClassList=" + list);
    return Files.readAllLines(list).stream()
        .filter(line -> !line.startsWith("#") && !line.contains(" source:"))
        .map(line -> line.replaceFirst(" id: \\d+.*", ""))
        .toList();
  }

  private void runAlone(LambdaRuntime client, String option) throws IOException {
    Path events = Files.writeString(folder.resolve("training.json"), TrainingHandler.EVENTS);
    List<String> words =
        program.with(List.of(option), client.classPath(), client.main(TrainingHandler.NAME));
    served(Variant.of(Change.NONE, words, NO_AGENT), events);
  }

  /** Runs the program with options by which the JVM makes a file. */
  private void train(Path made, List<String> options) throws IOException {
    Played run = run(Variant.of(Change.NONE, command(options), NO_AGENT));
    if (!Files.exists(made)) {
      String why =
          (run.stdout() + "\n" + run.stderr())
              .lines()
              .filter(line -> COMPLAINT.matcher(line).find())
              .findFirst()
              .orElse("exit code " + run.exit());
      String said = why.replace(folder + "/", "");
      throw new IOException("this JVM makes no " + made.getFileName() + ": " + said);
    }
  }

  /** Of two options of one kind the JVM takes the last, and that is the command's own. */
  private void checkOptions(Pattern own) throws IOException {
    for (String word : program.words()) {
      if (own.matcher(word).find()) {
        throw new IOException(
            "the command has " + word + " already: leave it out to see what it does");
      }
    }
  }

  private boolean has(Pattern option) {
    return program.words().stream().anyMatch(word -> option.matcher(word).find());
  }

  @Override
  public Played run(Variant variant) throws IOException {
    return program.events() == null ? runner.runTimed(variant) : served(variant, program.events());
  }

  private Played served(Variant variant, Path events) throws IOException {
    try (RuntimeApi api = new RuntimeApi(events, runner.pid(), runner.record())) {
      Map<String, String> variables =
          new HashMap<>(api.variables(String.valueOf(program.handler()), program.folder()));
      variables.putAll(variant.variables());
      return api.told(runner.runServed(variant, variables));
    }
  }

  @Override
  public Path log() {
    return runner.log();
  }
}
