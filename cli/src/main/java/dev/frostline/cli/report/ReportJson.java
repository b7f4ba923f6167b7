package dev.frostline.cli.report;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.module.SimpleModule;
import dev.frostline.cli.output.JsonOutput;
import dev.frostline.report.Phrase;
import dev.frostline.report.Section;
import dev.frostline.report.Week;
import dev.frostline.report.WeeklyReport;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The report's model as JSON: keys are the model's names in snake_case, a number that is not known
 * is null, and {@code sources} holds the questions behind each section and the commands that ask
 * them.
 */
final class ReportJson {
  private static final ObjectMapper JSON =
      new ObjectMapper()
          .setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .registerModule(
              new SimpleModule()
                  .addSerializer(Double.class, new Figure())
                  .addSerializer(double.class, new Figure())
                  .addSerializer(Week.class, new Text<>())
                  .addSerializer(Instant.class, new Text<>())
                  .addSerializer(LocalDate.class, new Text<>())
                  .addSerializer(Enum.class, new Word()));

  private ReportJson() {}

  static String of(WeeklyReport report) {
    Map<String, Object> answer = JsonOutput.answer();
    answer.put("verdict", Phrase.word(report) + ": " + Phrase.verdict(report));
    answer.put("open", report.open());
    answer.put("sources", sources(report));
    answer.put("report", report);
    try {
      return JSON.writeValueAsString(answer) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A report of numbers and text is always JSON", e);
    }
  }

  /** The model alone, for an answer that holds it. */
  public static JsonNode tree(WeeklyReport report) {
    return JSON.valueToTree(report);
  }

  private static Map<String, Object> sources(WeeklyReport report) {
    Map<String, Object> sources = new LinkedHashMap<>();
    for (Section section : Section.values()) {
      sources.put(section.name().toLowerCase(Locale.ROOT), section.sources(report));
    }
    return sources;
  }

  private static final class Figure extends JsonSerializer<Double> {
    @Override
    public void serialize(Double value, JsonGenerator json, SerializerProvider provider)
        throws IOException {
      if (Double.isFinite(value)) {
        json.writeNumber(value);
      } else {
        json.writeNull();
      }
    }
  }

  private static final class Text<T> extends JsonSerializer<T> {
    @Override
    public void serialize(T value, JsonGenerator json, SerializerProvider provider)
        throws IOException {
      json.writeString(value.toString());
    }
  }

  @SuppressWarnings("rawtypes") // Jackson knows enums by their raw type
  private static final class Word extends JsonSerializer<Enum> {
    @Override
    public void serialize(Enum value, JsonGenerator json, SerializerProvider provider)
        throws IOException {
      json.writeString(value.name().toLowerCase(Locale.ROOT));
    }
  }
}
