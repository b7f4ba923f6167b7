package dev.frostline.store;

import dev.frostline.coldstart.ColdStart;
import dev.frostline.coldstart.HostState;
import dev.frostline.coldstart.ImportTiming;
import dev.frostline.coldstart.ModuleUsage;
import dev.frostline.coldstart.WarmRun;
import dev.frostline.timing.Sha256;
import dev.frostline.timing.StreamId;
import dev.frostline.timing.TimedLine;
import dev.frostline.timing.TimingLineCodec;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/**
 * Appends rows. The caller has begun a transaction by a statement: an appender alone would commit
 * as it goes.
 */
final class RowWriter implements AutoCloseable {
  private final DuckDBAppender streams;
  private final DuckDBAppender coldStarts;
  private final DuckDBAppender imports;
  private final DuckDBAppender usages;
  private final DuckDBAppender warmRuns;

  RowWriter(Connection connection) throws SQLException {
    DuckDBConnection duckdb = connection.unwrap(DuckDBConnection.class);
    streams = duckdb.createAppender("main", "log_stream");
    coldStarts = duckdb.createAppender("main", "cold_start");
    imports = duckdb.createAppender("main", "import_timing");
    usages = duckdb.createAppender("main", "module_usage");
    warmRuns = duckdb.createAppender("main", "warm_run");
  }

  void stream(StreamId stream, long firstMillis, long lastMillis, int invocations, byte[] events)
      throws SQLException {
    streams.beginRow();
    streams.append(stream.id());
    streams.append(stream.account());
    streams.append(stream.region());
    streams.append(stream.logGroup());
    streams.append(stream.logStream());
    streams.appendEpochMicros(firstMillis * 1000);
    streams.appendEpochMicros(lastMillis * 1000);
    streams.append(invocations);
    streams.append(events);
    streams.append(Sha256.id(events));
    streams.endRow();
  }

  void warmRun(StreamId stream, int number, WarmRun run, List<TimedLine> lines)
      throws SQLException {
    warmRuns.beginRow();
    warmRuns.append(stream.id());
    warmRuns.append(number);
    warmRuns.appendEpochMicros(run.firstMillis() * 1000);
    warmRuns.appendEpochMicros(run.lastMillis() * 1000);
    warmRuns.append(lines.size());
    warmRuns.append(run.invocations());
    warmRuns.append(run.behind());
    warmRuns.append(TimingLineCodec.encode(lines));
    warmRuns.endRow();
  }

  void coldStart(ColdStart start) throws SQLException {
    coldStarts.beginRow();
    long id = start.id();
    coldStarts.append(id);
    coldStarts.append(start.stream().id());
    coldStarts.append(start.stream().account());
    coldStarts.append(start.stream().region());
    coldStarts.append(start.function());
    coldStarts.append(start.version());
    coldStarts.append(start.deployment());
    coldStarts.append(start.stream().logGroup());
    coldStarts.append(start.stream().logStream());
    coldStarts.append(start.ordinal());
    coldStarts.appendEpochMicros(start.startedAtMillis() * 1000);
    coldStarts.append(start.runtime());
    coldStarts.append(start.runtimeVersion());
    coldStarts.append(start.runtimeVersionArn());
    coldStarts.append(start.architecture());
    integer(start.memoryMb());
    coldStarts.append(start.layers());
    coldStarts.append(start.initKind().label());
    coldStarts.append(start.status());
    coldStarts.append(start.errorType());
    coldStarts.append(start.suspectLines() == 0 ? "ok" : "suspect");
    coldStarts.append(start.suspectLines());
    coldStarts.append(start.completeness());
    millis(start.initMicros());
    millis(start.restoreMicros());
    millis(start.firstInvokeMicros());
    millis(start.billedMicros());
    millis(start.bootstrapMicros());
    millis(start.importsMicros());
    millis(start.unattributedMicros());
    coldStarts.append(start.imports().size());
    hostState(start.host());
    coldStarts.append(start.importsDropped());
    coldStarts.append(0); // none is pruned
    coldStarts.endRow();
    for (ImportTiming row : start.imports()) {
      importTiming(id, row);
    }
    ModuleUsage usage = start.usage();
    if (usage != null) {
      usages.beginRow();
      usages.append(id);
      usages.append((int) usage.requests());
      usages.append(String.join(";", usage.names()));
      usages.endRow();
    }
  }

  private void importTiming(long coldStartId, ImportTiming row) throws SQLException {
    imports.beginRow();
    imports.append(coldStartId);
    imports.append(row.seq());
    if (row.parentSeq() == null) {
      imports.appendNull();
    } else {
      imports.append(row.parentSeq().intValue());
    }
    imports.append(row.depth());
    imports.append((short) row.tree());
    imports.append(row.kind().label());
    imports.append(row.name());
    imports.append(row.selfMicros());
    imports.append(row.cumulativeMicros());
    imports.append(row.duringInit() ? "init" : "invoke");
    imports.append(row.cached());
    imports.endRow();
  }

  private void hostState(@Nullable HostState host) throws SQLException {
    integer(host == null ? null : host.majorFaults());
    integer(host == null ? null : host.blocksRead());
    integer(host == null ? null : host.voluntarySwitches());
    integer(host == null ? null : host.involuntarySwitches());
    whole(host == null ? null : host.userCpuMicros());
    whole(host == null ? null : host.systemCpuMicros());
    whole(host == null ? null : host.gcMicros());
    integer(host == null ? null : host.gcCount());
  }

  private void integer(@Nullable Long value) throws SQLException {
    if (value == null) {
      coldStarts.appendNull();
    } else {
      coldStarts.append((int) Math.min(value, Integer.MAX_VALUE));
    }
  }

  private void whole(@Nullable Long value) throws SQLException {
    if (value == null) {
      coldStarts.appendNull();
    } else {
      coldStarts.append(value.longValue());
    }
  }

  private void millis(@Nullable Long micros) throws SQLException {
    if (micros == null) {
      coldStarts.appendNull();
    } else {
      coldStarts.append(micros / 1000.0);
    }
  }

  @Override
  public void close() throws SQLException {
    streams.close();
    coldStarts.close();
    imports.close();
    usages.close();
    warmRuns.close();
  }
}
