package dev.frostline.report.picture;

import dev.frostline.report.picture.ImportTree.Node;
import dev.frostline.report.picture.ImportTree.Time;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads the answer of {@code import_tree}. */
public final class ImportTreeReader {
  private record Row(
      long id, @Nullable Long parent, String name, String kind, Time time, int starts) {}

  private final Map<@Nullable Long, List<Row>> children = new HashMap<>();

  private ImportTreeReader() {}

  /** The tree of one deployment; without roots where none of its cold starts was traced. */
  public static ImportTree read(Connection connection, Selection selection) throws SQLException {
    List<Row> rows =
        selection.query("import_tree").with("starts", null).rows(connection, ImportTreeReader::row);
    ImportTreeReader reader = new ImportTreeReader();
    for (Row row : rows) {
      reader.children.computeIfAbsent(row.parent(), key -> new ArrayList<>()).add(row);
    }
    return ImportTree.of(rows.isEmpty() ? 0 : rows.get(0).starts(), reader.nodes(null));
  }

  private List<Node> nodes(@Nullable Long parent) {
    List<Node> nodes = new ArrayList<>();
    for (Row row : children.getOrDefault(parent, List.of())) {
      nodes.add(Node.of(row.name(), row.kind(), row.time(), nodes(row.id())));
    }
    return nodes;
  }

  private static Row row(ResultSet row) throws SQLException {
    long parent = row.getLong("parent_id");
    boolean root = row.wasNull();
    return new Row(
        row.getLong("node_id"),
        root ? null : parent,
        Objects.requireNonNull(row.getString("name")),
        Objects.requireNonNull(row.getString("kind")),
        new Time(row.getDouble("self_ms"), row.getDouble("cumulative_ms")),
        row.getInt("of_starts"));
  }
}
