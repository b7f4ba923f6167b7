package dev.frostline.cli.serve;

import dev.frostline.cli.serve.sql.Answer;
import dev.frostline.store.Queries;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The queries one view asks, and their answers for its twins. */
final class Questions {
  private final Snapshot snapshot;
  private final Map<String, String> parameters = new LinkedHashMap<>();
  private final List<View.Asked> asked = new ArrayList<>();
  private final Map<String, Answer> answers = new LinkedHashMap<>();

  Questions(Snapshot snapshot) {
    this.snapshot = snapshot;
  }

  Questions with(String name, @Nullable String value) {
    if (value != null) {
      parameters.put(name, value);
    }
    return this;
  }

  /** Asks {@code queries/page_NAME.sql}; a twin of the page has the answer under that name. */
  Answer ask(String name) throws SQLException {
    String query = "page_" + name;
    Answer answer = snapshot.ask(query, parameters);
    asked.add(new View.Asked(query, Queries.text(query), Map.copyOf(parameters)));
    answers.put(name, answer);
    return answer;
  }

  List<View.Asked> asked() {
    return asked;
  }

  Map<String, Answer> answers() {
    return answers;
  }
}
