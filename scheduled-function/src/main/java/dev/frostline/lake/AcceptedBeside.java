package dev.frostline.lake;

import com.fasterxml.jackson.databind.JsonNode;
import dev.frostline.policy.Acknowledgement;
import dev.frostline.timing.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The findings that a team accepted, beside its lake: {@code acknowledgements/HASH.json}. */
public final class AcceptedBeside {
  private final JsonObjects objects;

  public AcceptedBeside(Place place) {
    objects = new JsonObjects(place, "acknowledgements");
  }

  /** Adds one, in place of an earlier one for the same finding. */
  public void add(Acknowledgement one) throws IOException {
    Map<String, String> object = new LinkedHashMap<>();
    object.put("account", one.account());
    object.put("region", one.region());
    object.put("function", one.function());
    object.put("before", one.before());
    object.put("after", one.after());
    object.put("reason", one.reason());
    object.put("given_by", one.givenBy());
    object.put("given_at", one.givenAt().toString());
    object.put("until", one.until().toString());
    objects.write(name(one.account(), one.region(), one.function(), one.after()), object);
  }

  /** Takes one back; one that is not there is taken back already. */
  public void remove(String account, String region, String function, String after)
      throws IOException {
    objects.delete(name(account, region, function, after));
  }

  /**
   * All of them, those that no longer hold too.
   *
   * @throws IOException also where an object is none of these; it is named
   */
  public List<Acknowledgement> all() throws IOException {
    return objects.all("acknowledgement", (name, object) -> read(object));
  }

  private static Acknowledgement read(JsonNode object) {
    return new Acknowledgement(
        object.path("account").asText(),
        object.path("region").asText(),
        object.path("function").asText(),
        object.path("before").asText(),
        object.path("after").asText(),
        object.path("reason").asText(),
        object.path("given_by").asText(),
        JsonObjects.instant(object.path("given_at")),
        LocalDate.parse(object.path("until").asText()));
  }

  /** A finding is known by its function and the deployment that opened it. */
  private static String name(String account, String region, String function, String after) {
    byte[] finding =
        String.join("\n", account, region, function, after).getBytes(StandardCharsets.UTF_8);
    return HexFormat.of().formatHex(Sha256.of(finding), 0, 16);
  }
}
