package dev.frostline.cli.store;

import dev.frostline.cli.output.Failure;
import dev.frostline.cli.output.Progress;
import dev.frostline.cli.output.SafeText;
import dev.frostline.lake.LakeCopy;
import dev.frostline.lake.Place;
import dev.frostline.page.Source;
import dev.frostline.page.StoreSource;
import dev.frostline.report.Shell;
import dev.frostline.timing.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Which store a command works on: a file, or the copy of a lake. */
public final class StoreOption {
  @Spec(Spec.Target.MIXEE)
  CommandSpec spec = CommandSpec.create();

  /** As given. */
  public String name = "frostline.duckdb";

  public Path file = Path.of(name);
  private @Nullable String lake;

  @Option(
      names = "--db",
      paramLabel = "STORE",
      defaultValue = "${FROSTLINE_DB:-frostline.duckdb}",
      description =
          "The store: a file, or a lake that is only read, s3://BUCKET/PREFIX or a folder (default:"
              + " FROSTLINE_DB, else frostline.duckdb here).")
  void name(String given) {
    name = given;
    boolean isBucket = given.startsWith("s3:");
    boolean isFolder = !isBucket && Files.isDirectory(Path.of(given));
    lake =
        isBucket ? given : isFolder ? Path.of(given).toAbsolutePath().normalize().toString() : null;
    file = lake == null ? Path.of(given) : copyOf(lake);
  }

  /** Where the copy of a lake lies on this machine. */
  private static Path copyOf(String lake) {
    String caches = System.getenv("XDG_CACHE_HOME");
    Path folder =
        caches == null || caches.isEmpty()
            ? Path.of(System.getProperty("user.home", "."), ".cache")
            : Path.of(caches);
    return folder.resolve("frostline/lakes/" + Long.toHexString(Sha256.id(lake)) + ".duckdb");
  }

  /** Whether it is the copy of a lake: what is written into it, nobody else reads. */
  public boolean isLake() {
    return lake != null;
  }

  /** Where the page takes its rows from. */
  public Source source() {
    return lake == null ? new StoreSource(file) : new LakeSource(lake, file);
  }

  /** Brings the copy of a lake up to date; before any command that reads. */
  public void bring() {
    if (lake == null) {
      return;
    }
    if (spec.userObject() instanceof WritesStore command) {
      if (command.writesLake()) {
        return;
      }
      throw new Failure(
          Failure.USAGE,
          name
              + " is a lake, which "
              + spec.name()
              + " does not write: name a file with --db, and bring it to the lake with frostline"
              + " compact.");
    }
    try (Place place = Place.at(lake, null);
        Progress progress = new Progress("Fetching")) {
      LakeCopy copy = new LakeCopy(place, file);
      copy.update(
          new LakeCopy.Listener() {
            @Override
            public void found(int days) {
              progress.expect(days);
            }

            @Override
            public void done() {
              progress.done(1);
            }
          });
      bringBeside(copy, lake);
    } catch (IllegalArgumentException e) {
      throw new Failure(Failure.USAGE, String.valueOf(e.getMessage()));
    } catch (IOException e) {
      throw new Failure(Failure.COULD_NOT, "Cannot read the lake: " + e.getMessage());
    }
  }

  /** Who may read the lake alone is told so, and has the findings all the same. */
  private void bringBeside(LakeCopy copy, String from) {
    try (Place beside = Place.at(Place.above(from), null)) {
      copy.updateBeside(beside);
    } catch (IOException e) {
      spec.commandLine()
          .getErr()
          .println(
              "frostline: "
                  + SafeText.of(
                      "What was accepted or promised beside the lake cannot be read, so it is not"
                          + " honoured: "
                          + e.getMessage()));
    }
  }

  /** The lake; null where it is a file. */
  @Nullable
  public String lake() {
    return lake;
  }

  /** {@code --db STORE} where it was given; empty otherwise. */
  public String option() {
    boolean isGiven = spec.commandLine().getParseResult().hasMatchedOption("--db");
    return isGiven ? Shell.command("--db", name) : "";
  }

  /** A command to print, to be run on the same store. */
  public String command(List<String> words) {
    List<String> whole = new ArrayList<>(List.of("frostline"));
    whole.addAll(words);
    if (spec.commandLine().getParseResult().hasMatchedOption("--db")) {
      whole.addAll(List.of("--db", name));
    }
    return SafeText.of(Shell.command(whole.toArray(String[]::new)));
  }
}
