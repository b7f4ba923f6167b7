package dev.frostline.cli.ingest;

import dev.frostline.cli.output.Failure;
import dev.frostline.store.Queries;
import dev.frostline.timing.StreamId;
import dev.frostline.timing.TimedLine;
import dev.frostline.timing.TimingLine;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Streams of files that name none. Pages of {@code get-log-events} overlap, and what a file without
 * names holds may come again with them: a cold start is known again by its REPORT, whose durations
 * no other start of its log group has.
 */
final class UnnamedStreams {
  private final Connection connection;
  private final Runnable settle;
  private final Map<LogGroup, Set<Mark>> named = new HashMap<>();
  private @Nullable Map<Mark, StreamId> starts;
  private long withoutName;
  private long withName;

  /**
   * Of a store.
   *
   * @param settle makes readable what was taken in and not committed
   */
  UnnamedStreams(Connection connection, Runnable settle) {
    this.connection = connection;
    this.settle = settle;
  }

  private record LogGroup(String account, String region, String name) {
    static LogGroup of(StreamId stream) {
      return new LogGroup(stream.account(), stream.region(), stream.logGroup());
    }
  }

  /** What a start is known again by, in any account and Region. */
  private record Mark(String logGroup, String text) {
    static Mark of(StreamId stream, String text) {
      return new Mark(stream.logGroup(), text);
    }

    static String reported(long initMicros, long durationMicros) {
      return "reported " + initMicros + " " + durationMicros;
    }

    static String began(long atMillis) {
      return "began " + atMillis;
    }
  }

  /**
   * The stream that lines belong to: for those of a file without names the one that has a start of
   * theirs already.
   */
  StreamId place(StreamId stream, List<TimedLine> lines) {
    List<Mark> marks = marks(stream, lines);
    if (marks.isEmpty()) {
      return stream;
    }
    try {
      Map<Mark, StreamId> known = known();
      if (!stream.isTrace()) {
        withoutName += marks.stream().filter(mark -> agrees(stream, known.get(mark))).count();
        Set<Mark> ofGroup = named.get(LogGroup.of(stream));
        if (ofGroup != null) {
          ofGroup.addAll(marks);
        }
        return stream;
      }
      StreamId place = stream;
      for (Mark mark : marks) {
        StreamId found = known.get(mark);
        place = found != null && agrees(stream, found) ? found.completedBy(stream) : place;
      }
      for (Mark mark : marks) {
        known.putIfAbsent(mark, place);
      }
      withName += marks.stream().distinct().filter(named(stream)::contains).count();
      return place;
    } catch (SQLException e) {
      throw new Failure(Failure.COULD_NOT, "Cannot read the store: " + e.getMessage());
    }
  }

  private static boolean agrees(StreamId stream, @Nullable StreamId found) {
    return found != null && found.agreesWith(stream);
  }

  /** What of the last file was stored before in another stream; null for nothing. */
  @Nullable String doubled() {
    long without = withoutName;
    long with = withName;
    withoutName = 0;
    withName = 0;
    if (without > 0) {
      return String.format(
          "%,d cold starts of it were read before from a file without their stream's name, and"
              + " count twice now. Make the store anew, or name the stream with --log-stream",
          without);
    }
    return with == 0
        ? null
        : String.format(
            "%,d cold starts of it are stored already under their stream's name, and count twice"
                + " now. Make the store anew without it, or name the stream with --log-stream",
            with);
  }

  private static List<Mark> marks(StreamId stream, List<TimedLine> lines) {
    List<Mark> marks = new ArrayList<>();
    for (TimedLine line : lines) {
      if (line.line() instanceof TimingLine.Report report) {
        Long init = report.initMicros();
        Long duration = report.durationMicros();
        if (init != null && duration != null) {
          marks.add(Mark.of(stream, Mark.reported(init, duration)));
        }
      }
      if (stream.isTrace()) {
        markOfUnnamed(stream, line, marks);
      }
    }
    return marks;
  }

  /** Pages that overlap have a request in common, or the line that begins an init. */
  private static void markOfUnnamed(StreamId stream, TimedLine line, List<Mark> marks) {
    if (line.line() instanceof TimingLine.InitStart && line.eventId().isOrdinal()) {
      marks.add(Mark.of(stream, Mark.began(line.atMillis())));
    } else if (line.line() instanceof TimingLine.Start start) {
      marks.add(Mark.of(stream, start.requestId()));
    } else if (line.line() instanceof TimingLine.Report report) {
      marks.add(Mark.of(stream, report.requestId()));
    }
  }

  private Map<Mark, StreamId> known() throws SQLException {
    Map<Mark, StreamId> known = starts;
    if (known != null) {
      return known;
    }
    known = new HashMap<>();
    starts = known;
    try (PreparedStatement query =
            connection.prepareStatement(Queries.text("store/unnamed_starts"));
        ResultSet rows = query.executeQuery()) {
      while (rows.next()) {
        StreamId stream =
            new StreamId(
                rows.getString(1), rows.getString(2), rows.getString(3), rows.getString(4));
        long init = rows.getLong(5);
        if (init > 0) {
          known.put(Mark.of(stream, Mark.reported(init, rows.getLong(6))), stream);
        }
        long began = rows.getLong(7);
        if (began > 0) {
          known.put(Mark.of(stream, Mark.began(began)), stream);
        }
      }
    }
    return known;
  }

  /** The starts of streams with names in the log group of a stream. */
  private Set<Mark> named(StreamId stream) throws SQLException {
    LogGroup group = LogGroup.of(stream);
    Set<Mark> known = named.get(group);
    if (known != null) {
      return known;
    }
    settle.run();
    known = new HashSet<>();
    try (PreparedStatement query =
        connection.prepareStatement(Queries.text("store/named_starts"))) {
      query.setString(1, group.account());
      query.setString(2, group.region());
      query.setString(3, group.name());
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          known.add(Mark.of(stream, Mark.reported(rows.getLong(1), rows.getLong(2))));
        }
      }
    }
    named.put(group, known);
    return known;
  }
}
