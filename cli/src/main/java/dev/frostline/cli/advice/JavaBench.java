package dev.frostline.cli.advice;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A Java program, started with other options of its JVM, and with archives that this JVM makes of
 * it. It is run without the layer's agent, which such an archive does not survive: what counts is
 * the CPU time of all of it, from the start of the JVM to its end.
 */
public final class JavaBench implements Bench {
  private static final Map<String, String> NO_AGENT = Map.of("FROSTLINE_JAVA", "off");
  private static final String ARCHIVE = "-XX:SharedArchiveFile=";
  private static final String AOT_CACHE = "-XX:AOTCache=";

  private static final Pattern HOME = Pattern.compile("(?m)^ *java\\.home = (.*)$");

  private static final Pattern TIER = Pattern.compile("^-XX:TieredStopAtLevel=");
  private static final Pattern ARCHIVES =
      Pattern.compile("^-(XX:(SharedArchiveFile|ArchiveClassesAtExit|AOT\\w+)=|Xshare:)");
  private static final Pattern COMPLAINT = Pattern.compile("(?i)error|unrecognized|cannot");

  private final List<String> program;
  private final Path folder;
  private final Runner runner;

  /**
   * Sets it up.
   *
   * @param program {@code java}, its options, and what it starts
   * @param folder an empty folder of ours
   * @param where the folder that it is started in
   * @throws IOException when the folder cannot be written
   */
  public JavaBench(List<String> program, Path folder, Path where, long timeoutSeconds)
      throws IOException {
    if (program.size() < 2) {
      throw new IllegalArgumentException("A Java program is java with a main class or -jar FILE");
    }
    this.program = List.copyOf(program);
    this.folder = folder;
    runner = new Runner(folder, where, timeoutSeconds);
  }

  @Override
  public Change.Language language() {
    return Change.Language.JAVA;
  }

  @Override
  public Variant make(Change change) throws IOException {
    if (change.kind() != Change.Kind.NONE) {
      checkOptions(change.kind() == Change.Kind.TIERED ? TIER : ARCHIVES);
    }
    return switch (change.kind()) {
      case NONE -> Variant.of(change, program, NO_AGENT);
      case TIERED -> {
        String option = "-XX:TieredStopAtLevel=1";
        yield variant(change, option, option);
      }
      case APPCDS -> {
        Path archive = folder.resolve("app.jsa");
        train(archive, "-XX:ArchiveClassesAtExit=" + archive);
        yield variant(
            change,
            ARCHIVE + archive,
            "java -XX:ArchiveClassesAtExit=app.jsa … # once, with the function's JVM and jars",
            "java -XX:SharedArchiveFile=app.jsa …");
      }
      case AOT_CACHE -> {
        Path cache = folder.resolve("app.aot");
        train(cache, "-XX:AOTCacheOutput=" + cache);
        yield variant(
            change,
            AOT_CACHE + cache,
            "java -XX:AOTCacheOutput=app.aot … # once, with the function's JVM and jars",
            "java -XX:AOTCache=app.aot …");
      }
      case CLASSLIST -> {
        Path archive = folder.resolve("list.jsa");
        String list = "-XX:SharedClassListFile=" + classList(change);
        train(archive, "-Xshare:dump", list, ARCHIVE + archive);
        yield variant(
            change,
            ARCHIVE + archive,
            "cat $JAVA_HOME/lib/classlist FILE > all.classlist",
            "java -Xshare:dump -XX:SharedClassListFile=all.classlist"
                + " -XX:SharedArchiveFile=app.jsa … # once, with the function's JVM and jars",
            "java -XX:SharedArchiveFile=app.jsa …");
      }
      default -> throw new IllegalArgumentException(change.words() + " is no Java program");
    };
  }

  private Variant variant(Change change, String option, String... steps) {
    return Variant.of(change, with(option), NO_AGENT, steps);
  }

  /** The JVM's own list, without which it would archive nothing of itself, and the one given. */
  private Path classList(Change change) throws IOException {
    List<String> words = List.of(program.get(0), "-XshowSettings:properties", "-version");
    String settings = runner.runTimed(Variant.of(Change.NONE, words, NO_AGENT)).stderr();
    Matcher home = HOME.matcher(settings);
    Path own = home.find() ? Path.of(home.group(1), "lib", "classlist") : folder.resolve("none");
    List<String> classes =
        new ArrayList<>(Files.exists(own) ? Files.readAllLines(own) : List.<String>of());
    classes.addAll(change.list());
    return Files.write(folder.resolve("all.classlist"), classes);
  }

  /** Runs the program with options by which the JVM makes a file. */
  private void train(Path made, String... options) throws IOException {
    Played run = runner.runTimed(Variant.of(Change.NONE, with(options), NO_AGENT));
    if (!Files.exists(made)) {
      String why =
          (run.stdout() + "\n" + run.stderr())
              .lines()
              .filter(line -> COMPLAINT.matcher(line).find())
              .findFirst()
              .orElse("exit code " + run.exit());
      throw new IOException("this JVM makes no " + made.getFileName() + ": " + why);
    }
  }

  /** Of two options of one kind the JVM takes the last, and that is the command's own. */
  private void checkOptions(Pattern own) throws IOException {
    for (String word : program) {
      if (own.matcher(word).find()) {
        throw new IOException(
            "the command has " + word + " already: leave it out to see what it does");
      }
    }
  }

  private List<String> with(String... options) {
    List<String> words = new ArrayList<>(program);
    words.addAll(1, List.of(options));
    return words;
  }

  @Override
  public Played run(Variant variant) throws IOException {
    return runner.runTimed(variant);
  }

  @Override
  public Path log() {
    return runner.log();
  }
}
