package dev.frostline.lake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.frostline.store.LakeParts;
import dev.frostline.store.LakeParts.Part;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One state of a lake: {@code _commits/0000000042.json} names the files of every part. Whoever
 * creates the next number has made the next state; nobody can create it twice.
 *
 * @param number from 1; 0 where there is no lake yet
 * @param generations which files are those of a part
 * @param changed parts whose tables may not be written yet
 * @param listedAt when the landing was looked through last; null where it never was
 * @param allListedAt when all of it was
 */
record Commit(
    long number,
    Map<Part, String> generations,
    Set<Part> changed,
    @Nullable Instant listedAt,
    @Nullable Instant allListedAt) {
  /** Before the first one. */
  static final Commit NONE = new Commit(0, Map.of(), Set.of(), null, null);

  private static final ObjectMapper JSON = new ObjectMapper();

  boolean isNone() {
    return number == 0;
  }

  byte[] json() throws IOException {
    ObjectNode object = JSON.createObjectNode();
    object.put("number", number);
    object.put("listed_at", listedAt == null ? null : listedAt.toString());
    object.put("all_listed_at", allListedAt == null ? null : allListedAt.toString());
    ArrayNode parts = object.putArray("changed");
    changed.stream().map(Part::key).sorted().forEach(parts::add);
    Map<Part, String> ordered = new TreeMap<>(Comparator.comparing(Part::key));
    ordered.putAll(generations);
    ObjectNode files = object.putObject("parts");
    ordered.forEach((part, generation) -> files.put(part.key(), generation));
    return JSON.writeValueAsBytes(object);
  }

  /**
   * Reads what {@link #json} wrote.
   *
   * @throws IOException when it is none
   */
  static Commit parse(byte[] json) throws IOException {
    try {
      JsonNode object = JSON.readTree(json);
      Map<Part, String> generations = new HashMap<>();
      object
          .path("parts")
          .properties()
          .forEach(one -> generations.put(Part.of(one.getKey()), one.getValue().asText()));
      Set<Part> changed = new HashSet<>();
      object.path("changed").forEach(key -> changed.add(Part.of(key.asText())));
      return new Commit(
          object.path("number").asLong(),
          generations,
          changed,
          instant(object.path("listed_at")),
          instant(object.path("all_listed_at")));
    } catch (DateTimeException | IllegalArgumentException | IndexOutOfBoundsException e) {
      throw new IOException("no commit of a lake: " + e.getMessage(), e);
    }
  }

  private static @Nullable Instant instant(JsonNode text) {
    return text.isTextual() ? Instant.parse(text.asText()) : null;
  }

  /** The days whose cold starts it holds. */
  NavigableSet<LocalDate> days() {
    return days(generations.keySet());
  }

  /** The days of parts that hold cold starts. */
  static NavigableSet<LocalDate> days(Set<Part> parts) {
    TreeSet<LocalDate> days = new TreeSet<>();
    for (Part part : parts) {
      if (part.kind() == LakeParts.Kind.ROWS) {
        days.add(part.day());
      }
    }
    return days;
  }
}
