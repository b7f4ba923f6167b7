package dev.frostline.cli.serve;

import dev.frostline.cli.serve.sql.Answer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a view answers: the page, and the same for programs.
 *
 * @param template name of the page's template
 * @param model what the template reads
 * @param command the command that answers the same on the terminal
 * @param asked the questions behind it
 * @param answers tables of the twins by name, the main one first
 * @param more what the JSON twin has besides
 */
record View(
    String title,
    String section,
    String template,
    Map<String, Object> model,
    String command,
    List<Asked> asked,
    Map<String, Answer> answers,
    Map<String, Object> more) {
  View {
    answers = new LinkedHashMap<>(answers);
  }

  /** One query of {@code queries/} with the parameters it ran with. */
  record Asked(String name, String text, Map<String, String> parameters) {
    /** The same statement in the SQL view, not run yet. */
    String address() {
      Address sql = Address.of("sql").with("q", text);
      for (Map.Entry<String, String> parameter : parameters.entrySet()) {
        sql = sql.with("p_" + parameter.getKey(), parameter.getValue());
      }
      return sql.toString();
    }
  }
}
