package dev.frostline.lake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.frostline.policy.Acknowledgement;
import dev.frostline.timing.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The findings that a team accepted, beside its lake: one object for each, {@code
 * acknowledgements/HASH.json}, so that two people never write over each other.
 */
public final class AcceptedBeside {
  private static final String FOLDER = "acknowledgements";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Place place;

  public AcceptedBeside(Place place) {
    this.place = place;
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
    Path file = Files.createTempFile("frostline-", ".json");
    try {
      Files.write(file, JSON.writeValueAsBytes(object));
      place.write(key(one.account(), one.region(), one.function(), one.after()), file);
    } finally {
      Files.delete(file);
    }
  }

  /** Takes one back; one that is not there is taken back already. */
  public void remove(String account, String region, String function, String after)
      throws IOException {
    place.delete(key(account, region, function, after));
  }

  /**
   * All of them, those that no longer hold too.
   *
   * @throws IOException also where an object is none of these; it is named
   */
  public List<Acknowledgement> all() throws IOException {
    List<Acknowledgement> all = new ArrayList<>();
    for (String key : place.keys(FOLDER)) {
      try (InputStream content = place.open(key)) {
        all.add(read(JSON.readTree(content)));
      } catch (IOException | DateTimeException e) {
        throw new IOException(
            key + " is no acknowledgement: " + e.getMessage() + ". Delete it, or accept anew.", e);
      }
    }
    return all;
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
        Instant.parse(object.path("given_at").asText()),
        LocalDate.parse(object.path("until").asText()));
  }

  /** A finding is known by its function and the deployment that opened it. */
  private static String key(String account, String region, String function, String after) {
    byte[] finding =
        String.join("\n", account, region, function, after).getBytes(StandardCharsets.UTF_8);
    return FOLDER + "/" + HexFormat.of().formatHex(Sha256.of(finding), 0, 16) + ".json";
  }
}
