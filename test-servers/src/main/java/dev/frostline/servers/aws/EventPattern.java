package dev.frostline.servers.aws;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/** EventBridge's event pattern, as far as it has lists of exact values: each key must match one. */
public final class EventPattern {
  private final JsonNode pattern;

  public EventPattern(JsonNode pattern) {
    this.pattern = pattern;
  }

  /** Whether the rule passes an event on. */
  public boolean matches(JsonNode event) {
    return matches(pattern, event);
  }

  private static boolean matches(JsonNode pattern, JsonNode event) {
    for (Map.Entry<String, JsonNode> entry : pattern.properties()) {
      JsonNode value = event.path(entry.getKey());
      boolean fits = false;
      if (entry.getValue().isObject()) {
        fits = matches(entry.getValue(), value);
      } else {
        for (JsonNode allowed : entry.getValue()) {
          fits |= allowed.equals(value);
        }
      }
      if (!fits) {
        return false;
      }
    }
    return true;
  }
}
