package dev.frostline.lake;

import dev.frostline.store.LakeParts;
import dev.frostline.store.LakeParts.Kind;
import dev.frostline.store.LakeParts.Part;
import dev.frostline.store.StreamSupply;
import dev.frostline.timing.StreamId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The parts of a lake that a store has taken, so that it can change them. */
final class HeldParts implements StreamSupply {
  /** Lambda names a stream by the day on which its environment began. */
  private static final Pattern DATED = Pattern.compile("(\\d{4})/(\\d\\d)/(\\d\\d)/.*");

  private static final Pattern DAY = Pattern.compile("\\d{4}[-/]\\d\\d[-/]\\d\\d");

  /** A stream of its own for each object, which no other one brings events of. */
  private static final String OF_ONE_OBJECT = "delivered/";

  private final CommittedLake lake;
  private final Commit commit;
  private final LakeParts parts;
  private final Path folder;
  private final Set<Part> taken = new HashSet<>();
  private final Map<Part, String> before = new HashMap<>();

  HeldParts(CommittedLake lake, Commit commit, LakeParts parts, Path folder) {
    this.lake = lake;
    this.commit = commit;
    this.parts = parts;
    this.folder = folder;
  }

  /** Which of these landing objects were taken. */
  void bringLanded(List<String> keys) throws IOException {
    Set<LocalDate> days = new TreeSet<>();
    for (String key : keys) {
      Matcher day = DAY.matcher(key);
      days.add(day.find() ? date(day.group().replace('/', '-')) : LocalDate.EPOCH);
    }
    for (LocalDate day : days) {
      bring(new Part(Kind.LANDED, day));
    }
    remember();
  }

  private static LocalDate date(String text) {
    try {
      return LocalDate.parse(text);
    } catch (DateTimeException e) {
      return LocalDate.EPOCH;
    }
  }

  /** The ledger of the days on which the store has written it. */
  void bringLedger() throws IOException {
    Map<Part, String> own = parts.fingerprints();
    for (Part part : own.keySet()) {
      if (part.kind() == Kind.LEDGER) {
        bring(part);
      }
    }
  }

  /** Every day on which one of the streams may have been seen. */
  @Override
  public void bring(Map<StreamId, Span> streams) throws IOException {
    NavigableSet<LocalDate> days = commit.days();
    TreeSet<LocalDate> wanted = new TreeSet<>();
    streams.forEach(
        (stream, span) -> {
          LocalDate last = day(span.lastMillis()).plusDays(1);
          LocalDate first = begin(stream, span);
          wanted.addAll(
              first == null
                  ? days.headSet(last, true)
                  : first.isAfter(last) ? days : days.subSet(first, true, last, true));
        });
    boolean isMore = bringRows(wanted);
    while (isMore) {
      wanted.clear();
      for (LocalDate[] span : parts.spans(streams.keySet())) {
        wanted.addAll(days.subSet(span[0], true, span[1], true));
      }
      isMore = bringRows(wanted);
    }
    remember();
  }

  private static @Nullable LocalDate begin(StreamId stream, Span span) {
    if (stream.logStream().startsWith(OF_ONE_OBJECT)) {
      return day(span.firstMillis()).minusDays(1);
    }
    Matcher dated = DATED.matcher(stream.logStream());
    if (!dated.matches()) {
      return null;
    }
    try {
      return LocalDate.parse(dated.group(1) + "-" + dated.group(2) + "-" + dated.group(3))
          .minusDays(1);
    } catch (DateTimeException e) {
      return null;
    }
  }

  private static LocalDate day(long millis) {
    return LocalDate.ofInstant(Instant.ofEpochMilli(millis), ZoneOffset.UTC);
  }

  private boolean bringRows(Set<LocalDate> days) throws IOException {
    boolean isMore = false;
    for (LocalDate day : days) {
      isMore |= bring(new Part(Kind.ROWS, day));
    }
    return isMore;
  }

  private boolean bring(Part part) throws IOException {
    String generation = commit.generations().get(part);
    if (generation == null || !taken.add(part)) {
      return false;
    }
    Path own = folder.resolve("taken-" + part.kind().word() + "-" + part.day());
    lake.fetch(part, generation, own);
    parts.take(part, own);
    return true;
  }

  /** Notes how the parts are that were taken since, before anything changes them. */
  private void remember() {
    if (before.keySet().containsAll(taken)) {
      return;
    }
    Map<Part, String> now = parts.fingerprints();
    for (Part part : taken) {
      before.computeIfAbsent(part, one -> now.getOrDefault(one, ""));
    }
  }

  /** Parts that are not as they were taken, and those that are new. */
  Set<Part> changed() {
    Set<Part> changed = new HashSet<>();
    Map<Part, String> now = parts.fingerprints();
    Set<Part> all = new HashSet<>(now.keySet());
    all.addAll(taken);
    for (Part part : all) {
      if (!Objects.equals(now.getOrDefault(part, ""), before.get(part))) {
        changed.add(part);
      }
    }
    return changed;
  }

  /**
   * Writes parts into the lake as new files that no commit names yet.
   *
   * @param files gets the folder of each part's files
   * @return the generation of each
   */
  Map<Part, String> export(Set<Part> changed, Map<Part, Path> files, Instant now)
      throws IOException {
    Map<Part, String> generations = new HashMap<>();
    for (Part part : changed) {
      Path own =
          Files.createDirectories(folder.resolve("new-" + part.kind().word() + "-" + part.day()));
      parts.export(part, own);
      String generation = CommittedLake.newGeneration(now);
      lake.put(part, generation, own);
      generations.put(part, generation);
      files.put(part, own);
    }
    return generations;
  }
}
