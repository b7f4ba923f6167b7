package dev.frostline.cli.program;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A Node.js program or handler, with a compile cache or as a bundle. It is run without the layer's
 * preload, which would be a part of either. Of a program the CPU time of all of it counts; a
 * handler is played its events by {@code play.cjs}.
 */
public final class NodeBench implements Bench {
  private static final String CACHE = "NODE_COMPILE_CACHE";
  private static final Map<String, String> NO_PRELOAD = Map.of("FROSTLINE_NODE", "0");

  private static final String FILLS =
      "NODE_COMPILE_CACHE=cache node … # once, with the function's Node.js and at its paths";
  private static final String NAMES =
      "NODE_COMPILE_CACHE=/var/task/cache # a variable of the function";

  private final NodeCommand program;
  private final Path folder;
  private final Runner runner;

  /**
   * Sets it up in an empty folder.
   *
   * @throws IOException when the folder cannot be written
   */
  public NodeBench(NodeCommand program, Path folder, long timeoutSeconds) throws IOException {
    this.program = program;
    this.folder = folder;
    runner = new Runner(folder, program.folder(), timeoutSeconds);
    Runner.copy("play.cjs", folder);
    Runner.copy("warm.cjs", folder);
  }

  @Override
  public Change.Language language() {
    return Change.Language.NODE;
  }

  @Override
  public Variant make(Change change) throws IOException {
    return switch (change.kind()) {
      case NONE -> variant(change, program, null);
      case COMPILE_CACHE -> {
        Path cache = folder.resolve("cache");
        fill(cache, program);
        yield variant(change, program, cache, FILLS, NAMES);
      }
      case CLASSLIST -> {
        Path cache = folder.resolve("listed-cache");
        warm(change.list(), cache);
        yield variant(
            change,
            program,
            cache,
            "NODE_COMPILE_CACHE=cache node -e \"for (const file of LIST) require(file)\""
                + " # once, with the function's Node.js and at its paths",
            NAMES);
      }
      case BUNDLE -> {
        Esbuild esbuild = Esbuild.near(program.folder());
        Path bundle = esbuild.bundle(program.entry(), folder);
        yield variant(change, program.bundled(bundle), null, esbuild.step(program.entry()));
      }
      case BUNDLE_COMPILE_CACHE -> {
        Esbuild esbuild = Esbuild.near(program.folder());
        Path own = Files.createDirectories(folder.resolve("cached"));
        NodeCommand bundled = program.bundled(esbuild.bundle(program.entry(), own));
        Path cache = own.resolve("cache");
        fill(cache, bundled);
        yield variant(change, bundled, cache, esbuild.step(program.entry()), FILLS, NAMES);
      }
      default -> throw new IllegalArgumentException(change.words() + " is no Node.js program");
    };
  }

  private Variant variant(
      Change change, NodeCommand command, @Nullable Path cache, String... steps) {
    Map<String, String> variables =
        cache == null ? NO_PRELOAD : Map.of("FROSTLINE_NODE", "0", CACHE, cache.toString());
    return Variant.of(
        change, command.played(folder.resolve("play.cjs"), runner.record()), variables, steps);
  }

  private void fill(Path cache, NodeCommand command) throws IOException {
    run(variant(Change.NONE, command, cache));
    checkCache(cache);
  }

  private void warm(List<String> list, Path cache) throws IOException {
    Path file = Files.write(folder.resolve("warm.list"), list);
    List<String> words = new ArrayList<>(List.of(program.node()));
    words.addAll(List.of(folder.resolve("warm.cjs").toString(), file.toString()));
    Map<String, String> variables = Map.of("FROSTLINE_NODE", "0", CACHE, cache.toString());
    Played run = runner.runTimed(Variant.of(Change.NONE, words, variables));
    if (run.exit() != 0) {
      throw new IOException("the files of the list cannot be loaded" + run.lastLine());
    }
    checkCache(cache);
  }

  private static void checkCache(Path cache) throws IOException {
    if (Files.isDirectory(cache)) {
      try (Stream<Path> files = Files.walk(cache)) {
        if (files.anyMatch(Files::isRegularFile)) {
          return;
        }
      }
    }
    throw new IOException("this Node.js keeps no compile cache: 22.1 and newer do");
  }

  @Override
  public Played run(Variant variant) throws IOException {
    return program.handler() == null
        ? runner.runTimed(variant)
        : runner.run(variant, variant.variables(), line -> {});
  }

  @Override
  public Path log() {
    return runner.log();
  }
}
