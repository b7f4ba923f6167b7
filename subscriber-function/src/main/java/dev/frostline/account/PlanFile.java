package dev.frostline.account;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Saves plans as JSON and reads them back; unknown keys are ignored, other versions refused. */
public final class PlanFile {
  private static final ObjectMapper JSON =
      new ObjectMapper()
          .setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(SerializationFeature.INDENT_OUTPUT);

  private PlanFile() {}

  /** The plan as JSON text. */
  public static String text(Object plan) {
    try {
      return JSON.writeValueAsString(plan);
    } catch (IOException e) {
      throw new IllegalStateException("A plan of text is always JSON", e);
    }
  }

  /**
   * Writes it whole or not at all, readable by its owner alone: it names functions and layers.
   *
   * @throws IOException when the folder cannot be written
   */
  public static void write(Path file, Object plan) throws IOException {
    Path part = Files.createTempFile(file.toAbsolutePath().getParent(), "plan", ".part");
    try {
      Files.writeString(part, text(plan) + '\n');
      Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  /**
   * Reads a plan.
   *
   * @throws AccountException when it is none, of another kind, or of a version we do not know
   */
  public static <T> T read(Path file, Class<T> type, String kind, int version) {
    try {
      JsonNode json = JSON.readTree(Files.readString(file));
      if (!kind.equals(json.path("kind").asText())) {
        throw new AccountException(file + " is no " + kind + ". Make one with: " + kind);
      }
      if (json.path("schema_version").asInt() != version) {
        throw new AccountException(
            file + " was made by another version of Frostline. Make it anew with: " + kind);
      }
      return JSON.treeToValue(json, type);
    } catch (NoSuchFileException e) {
      throw new AccountException("There is no plan " + file + ". Make one with: " + kind);
    } catch (IOException e) {
      throw new AccountException(file + " cannot be read as a plan. Make it anew with: " + kind);
    }
  }
}
