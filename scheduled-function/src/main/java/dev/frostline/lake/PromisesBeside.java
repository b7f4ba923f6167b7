package dev.frostline.lake;

import com.fasterxml.jackson.databind.JsonNode;
import dev.frostline.policy.Promise;
import dev.frostline.verdict.statistics.Interval;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The advice that a team took, beside its lake: {@code promises/NUMBER.json}. Whoever creates the
 * next number has it.
 */
public final class PromisesBeside {
  private final JsonObjects objects;

  public PromisesBeside(Place place) {
    objects = new JsonObjects(place, "promises");
  }

  /** Adds one under the next number, which the promise that comes back has. */
  public Promise add(Promise one) throws IOException {
    while (true) {
      Promise numbered = one.numbered(last() + 1);
      if (create(numbered)) {
        return numbered;
      }
    }
  }

  /** Keeps one under the number it has; nothing where there is one of that number. */
  boolean create(Promise one) throws IOException {
    return objects.create(name(one.id()), json(one));
  }

  private long last() throws IOException {
    return all().stream().mapToLong(Promise::id).max().orElse(0);
  }

  /** Strikes one out; false when there is none of that number. */
  public boolean remove(long id) throws IOException {
    boolean isThere = objects.names().contains(name(id));
    objects.delete(name(id));
    return isThere;
  }

  /**
   * All of them, the first one first.
   *
   * @throws IOException also where an object is none of these; it is named
   */
  public List<Promise> all() throws IOException {
    return objects.all("promise", PromisesBeside::read);
  }

  private static String name(long id) {
    return String.format("%010d", id);
  }

  private static Map<String, @Nullable Object> json(Promise one) {
    Map<String, @Nullable Object> object = new LinkedHashMap<>();
    object.put("account", one.account());
    object.put("region", one.region());
    object.put("function", one.function());
    object.put("change", one.change());
    object.put("deployment", one.deployment());
    object.put("measured_ms", one.measuredMs().estimate());
    object.put("measured_low_ms", one.measuredMs().low());
    object.put("measured_high_ms", one.measuredMs().high());
    object.put("scale", one.scale());
    object.put("usd_per_month", Double.isNaN(one.usdPerMonth()) ? null : one.usdPerMonth());
    object.put("given_by", one.givenBy());
    object.put("given_at", one.givenAt().toString());
    return object;
  }

  private static Promise read(String name, JsonNode object) {
    JsonNode deployment = object.path("deployment");
    return new Promise(
        Long.parseLong(name),
        object.path("account").asText(),
        object.path("region").asText(),
        object.path("function").asText(),
        object.path("change").asText(),
        deployment.isTextual() ? deployment.asText() : null,
        new Interval(
            object.path("measured_ms").asDouble(),
            object.path("measured_low_ms").asDouble(),
            object.path("measured_high_ms").asDouble()),
        object.path("scale").asDouble(),
        object.path("usd_per_month").asDouble(Double.NaN),
        object.path("given_by").asText(),
        JsonObjects.instant(object.path("given_at")));
  }
}
