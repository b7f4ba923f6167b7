package dev.frostline.store;

import dev.frostline.coldstart.ColdStart;
import dev.frostline.timing.StreamId;
import dev.frostline.verdict.history.FunctionScope;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Where the streams of a delivery belong. A log stream lives in one account and Region; under
 * another it is the same one told wrongly. What is unknown of it is filled in as soon as anything
 * tells it, in the rows that are stored, too.
 */
final class StreamPlaces {
  private final Connection connection;

  /** Streams by log group and name; more than one where a store holds both already. */
  private final Map<Name, List<StreamId>> known = new HashMap<>();

  private final Map<StreamId, StreamId> moves = new TreeMap<>();
  private final Set<FunctionScope> changed = new LinkedHashSet<>();

  StreamPlaces(Connection connection) {
    this.connection = connection;
  }

  private record Name(String logGroup, String logStream) {
    static Name of(StreamId stream) {
      return new Name(stream.logGroup(), stream.logStream());
    }
  }

  /** Learns where these streams are, and moves stored ones that the delivery tells more of. */
  void learn(Collection<StreamId> delivered) throws SQLException {
    Set<StreamId> sure = new TreeSet<>(delivered);
    sure.removeIf(stream -> !stream.isOneOfAKind());
    if (sure.isEmpty()) {
      return;
    }
    readKnown(sure);
    for (StreamId stream : sure) {
      List<StreamId> places = known.computeIfAbsent(Name.of(stream), key -> new ArrayList<>());
      if (places.isEmpty()) {
        places.add(stream);
      } else if (!places.contains(stream)) {
        complete(places, stream);
      }
    }
    move();
  }

  private void readKnown(Set<StreamId> streams) throws SQLException {
    Set<String> names = new TreeSet<>();
    streams.forEach(stream -> names.add(stream.logStream()));
    try (PreparedStatement query =
        connection.prepareStatement(Queries.text("store/streams_of_names"))) {
      query.setArray(1, connection.createArrayOf("VARCHAR", names.toArray()));
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          StreamId stored =
              new StreamId(
                  rows.getString(1), rows.getString(2), rows.getString(3), rows.getString(4));
          known.computeIfAbsent(Name.of(stored), key -> new ArrayList<>()).add(stored);
          moves.put(stored, stored);
        }
      }
    }
  }

  private void complete(List<StreamId> places, StreamId stream) {
    for (int i = 0; i < places.size(); i++) {
      StreamId place = places.get(i);
      StreamId completed = place.completedBy(stream);
      if (place.agreesWith(stream) && !places.contains(completed)) {
        places.set(i, completed);
        moves.replaceAll((stored, to) -> to.equals(place) ? completed : to);
      }
    }
  }

  /** The stream under which the store has that one; null where it has it under another place. */
  @Nullable StreamId placeOf(StreamId stream) {
    List<StreamId> places = known.get(Name.of(stream));
    if (places == null || places.contains(stream)) {
      return stream;
    }
    for (StreamId place : places) {
      if (place.agreesWith(stream)) {
        return place;
      }
    }
    return null;
  }

  /** Why a stream is not stored that has no place. */
  String contradiction(StreamId stream) {
    StreamId stored = known.getOrDefault(Name.of(stream), List.of(stream)).get(0);
    boolean region = !stored.region().equals(stream.region());
    String where = region ? "Region " + stored.region() : "account " + stored.account();
    String told = region ? stream.region() : stream.account();
    return "the same log stream is stored under "
        + where
        + ": take it in there, or make the store anew if "
        + told
        + " is right";
  }

  /** Functions some of whose cold starts went from one place to another: both places. */
  Set<FunctionScope> changed() {
    return changed;
  }

  private void move() throws SQLException {
    moves.entrySet().removeIf(move -> move.getKey().equals(move.getValue()));
    if (moves.isEmpty()) {
      return;
    }
    Map<Long, StreamId> before = new HashMap<>();
    moves.keySet().forEach(stream -> before.put(stream.id(), stream));
    moveColdStarts(before);
    Rows streams = new Rows();
    moves.forEach((from, to) -> streams.add(from.id(), to.id(), to));
    update("store/move_warm_runs", streams.before, streams.after);
    update("store/move_streams", streams.before, streams.after, streams.accounts, streams.regions);
  }

  private void moveColdStarts(Map<Long, StreamId> before) throws SQLException {
    Rows starts = new Rows();
    List<Object> streams = new ArrayList<>();
    Set<List<FunctionScope>> functions = new LinkedHashSet<>();
    try (PreparedStatement query =
            new StoredStreams(connection).forStreams("store/starts_of_streams", before.keySet());
        ResultSet rows = query.executeQuery()) {
      while (rows.next()) {
        StreamId from = Objects.requireNonNull(before.get(rows.getLong(2)));
        StreamId to = Objects.requireNonNull(moves.get(from));
        starts.add(rows.getLong(1), ColdStart.id(to, rows.getInt(3)), to);
        streams.add(to.id());
        String function = rows.getString(4);
        functions.add(
            List.of(
                new FunctionScope(from.account(), from.region(), function, null),
                new FunctionScope(to.account(), to.region(), function, null)));
      }
    }
    update("store/move_imports", starts.before, starts.after);
    update("store/move_module_usage", starts.before, starts.after);
    update(
        "store/move_cold_starts",
        starts.before,
        starts.after,
        streams,
        starts.accounts,
        starts.regions);
    for (List<FunctionScope> function : functions) {
      take("store/copy_acknowledgements", function.get(0), function.get(1));
      take("store/move_promises", function.get(0), function.get(1));
      take("store/move_findings", function.get(0), function.get(1));
      changed.addAll(function);
    }
  }

  private void take(String query, FunctionScope from, FunctionScope to) throws SQLException {
    try (PreparedStatement copy = connection.prepareStatement(Queries.text(query))) {
      copy.setString(1, to.account());
      copy.setString(2, to.region());
      copy.setString(3, from.account());
      copy.setString(4, from.region());
      copy.setString(5, from.function());
      copy.executeUpdate();
    }
  }

  @SafeVarargs
  private void update(String query, List<Object>... columns) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(Queries.text(query))) {
      for (int i = 0; i < columns.length; i++) {
        boolean numbers = columns[i].isEmpty() || columns[i].get(0) instanceof Long;
        String type = numbers ? "BIGINT" : "VARCHAR";
        statement.setArray(i + 1, connection.createArrayOf(type, columns[i].toArray()));
      }
      statement.executeUpdate();
    }
  }

  /** Ids before and after, and the place after, a row each. */
  private static final class Rows {
    private final List<Object> before = new ArrayList<>();
    private final List<Object> after = new ArrayList<>();
    private final List<Object> accounts = new ArrayList<>();
    private final List<Object> regions = new ArrayList<>();

    void add(long from, long to, StreamId place) {
      before.add(from);
      after.add(to);
      accounts.add(place.account());
      regions.add(place.region());
    }
  }
}
