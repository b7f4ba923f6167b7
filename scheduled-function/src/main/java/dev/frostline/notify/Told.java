package dev.frostline.notify;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was told last of a finding, and who still has to hear it.
 *
 * @param event what was told
 * @param at when it was decided to tell it
 * @param pending what became of it since, where that is not told yet; absent otherwise
 * @param pendingSince since when that was so at each look
 * @param waiting the receivers that have not heard it yet
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
record Told(
    FindingEvent event,
    String at,
    @Nullable String pending,
    @Nullable String pendingSince,
    List<String> waiting) {
  Told {
    waiting = List.copyOf(waiting);
  }

  Told waitingFor(List<String> receivers) {
    return new Told(event, at, pending, pendingSince, receivers);
  }

  Told pending(@Nullable String other, @Nullable String since) {
    return new Told(event, at, other, since, waiting);
  }
}
