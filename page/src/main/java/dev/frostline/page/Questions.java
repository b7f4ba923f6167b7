package dev.frostline.page;

import dev.frostline.page.sql.Answer;
import dev.frostline.store.Queries;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The queries behind one view, each asked when it is first needed: by the page or by a twin. */
final class Questions {
  private final Snapshot snapshot;
  private final Map<String, String> parameters = new LinkedHashMap<>();
  private final Map<String, Asked> asked = new LinkedHashMap<>();
  private final Map<String, Answer> answers = new LinkedHashMap<>();

  Questions(Snapshot snapshot) {
    this.snapshot = snapshot;
  }

  /** Binds a parameter for the queries added from here on; an absent value unsets it. */
  Questions with(String name, @Nullable String value) {
    if (value == null) {
      parameters.remove(name);
    } else {
      parameters.put(name, value);
    }
    return this;
  }

  /** Adds {@code queries/QUERY.sql}; the twins have its answer under a name. */
  Questions add(String name, String query) {
    asked.put(name, new Asked(query, Queries.text(query), Map.copyOf(parameters)));
    return this;
  }

  /** Adds an answer that is there already. */
  void put(String name, Answer answer) {
    answers.put(name, answer);
  }

  /** Adds a query and asks it. */
  List<Map<String, Object>> ask(String name, String query) throws SQLException {
    return add(name, query).answer(name).named();
  }

  /** The answer of that name. */
  Answer answer(String name) throws SQLException {
    Answer known = answers.get(name);
    if (known == null) {
      Asked question = Objects.requireNonNull(asked.get(name), name);
      known = snapshot.ask(question.query(), question.parameters());
      answers.put(name, known);
    }
    return known;
  }

  /** Names of all answers, the main one first. */
  List<String> names() {
    List<String> names = new ArrayList<>(asked.keySet());
    answers.keySet().stream().filter(name -> !asked.containsKey(name)).forEach(names::add);
    return names;
  }

  boolean isEmpty() {
    return names().isEmpty();
  }

  List<Asked> asked() {
    return List.copyOf(asked.values());
  }

  /** One file of {@code queries} with the parameters it runs with. */
  record Asked(String query, String text, Map<String, String> parameters) {
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
