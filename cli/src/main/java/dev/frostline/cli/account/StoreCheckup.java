package dev.frostline.cli.account;

import dev.frostline.cli.output.Failure;
import dev.frostline.doctor.Finding;
import dev.frostline.doctor.Finding.Mark;
import dev.frostline.store.Queries;
import dev.frostline.store.Store;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What a store says of its own health: its ledger against its rows, functions without timings. */
final class StoreCheckup {
  private final String store;
  private final Instant since;
  private final List<Finding> findings = new ArrayList<>();
  private final Set<String> heardOf = new HashSet<>();
  private final List<Finding> waiting = new ArrayList<>();

  StoreCheckup(Path file, Instant since) {
    this.store = file.toString();
    this.since = since;
    try (Store opened = Store.openReadOnly(file)) {
      checkLedger(opened.connection());
      checkTraces(opened.connection());
      checkForms(opened.connection());
      checkSnapStart(opened.connection());
      hear(opened.connection());
    } catch (SQLException e) {
      throw new Failure(Failure.COULD_NOT, "Cannot check " + file + ": " + e.getMessage());
    }
  }

  List<Finding> findings() {
    return findings;
  }

  /** Functions without a fault in the account, of which no cold start has arrived all the same. */
  List<Finding> silent(List<Finding> account) {
    Set<String> faulty = new HashSet<>();
    for (Finding one : account) {
      if (one.mark() == Mark.FAULT) {
        faulty.add(one.subject());
      }
    }
    return account.stream()
        .filter(one -> one.mark() == Mark.FINE && !faulty.contains(one.subject()))
        .map(Finding::subject)
        .filter(one -> !heardOf.contains(one))
        .map(one -> Finding.note(one, "no cold start in " + store + " since " + since, ""))
        .toList();
  }

  /** Functions whose starts waited for an init, of those that have SnapStart switched on. */
  List<Finding> withoutSnapshot(Set<String> withSnapStart) {
    return waiting.stream().filter(one -> withSnapStart.contains(one.subject())).toList();
  }

  private void checkLedger(Connection connection) throws SQLException {
    try (Statement query = connection.createStatement();
        ResultSet rows = query.executeQuery(Queries.text("doctor_ledger"))) {
      while (rows.next()) {
        long expected = rows.getLong(2);
        long found = rows.getLong(3);
        if (expected != found) {
          findings.add(
              Finding.fault(
                  store,
                  String.format("%s: ledger %,d, rows %,d", rows.getString(1), expected, found),
                  "make the store anew from the logs or landing objects"));
        }
      }
    }
    if (findings.isEmpty()) {
      findings.add(Finding.fine(store, "rows agree with the ledger"));
    }
  }

  private void checkTraces(Connection connection) throws SQLException {
    try (PreparedStatement set = connection.prepareStatement("SET VARIABLE since = ?")) {
      set.setObject(1, since.atOffset(ZoneOffset.UTC).toLocalDateTime());
      set.execute();
    }
    try (Statement query = connection.createStatement();
        ResultSet rows = query.executeQuery(Queries.text("doctor_silent"))) {
      while (rows.next()) {
        findings.add(
            Finding.note(
                rows.getString("function"),
                String.format(
                    "%,d cold starts, none with import timings", rows.getLong("cold_starts")),
                "frostline doctor --destination ARN -f " + rows.getString("function")));
      }
    }
  }

  private void checkForms(Connection connection) throws SQLException {
    try (Statement query = connection.createStatement();
        ResultSet rows = query.executeQuery(Queries.text("doctor_unknown"))) {
      while (rows.next()) {
        findings.add(
            Finding.note(
                rows.getString("source"),
                String.format(
                    "%,d lines of it: %s", rows.getLong("lines"), rows.getString("reason")),
                "frostline rejects"));
      }
    }
  }

  private void checkSnapStart(Connection connection) throws SQLException {
    try (Statement query = connection.createStatement();
        ResultSet rows = query.executeQuery(Queries.text("doctor_snapstart"))) {
      while (rows.next()) {
        long onDemand = rows.getLong("on_demand");
        boolean ofLatest = 2 * rows.getLong("of_latest") >= onDemand;
        waiting.add(
            Finding.note(
                rows.getString("function"),
                String.format(
                    "SnapStart is on, yet %,d of %,d starts since %s waited for an init%s",
                    onDemand,
                    rows.getLong("starts"),
                    since,
                    ofLatest ? ": $LATEST has no snapshot" : ""),
                ofLatest
                    ? "call it by an alias or a version, not by $LATEST or its bare name"
                    : "publish a version anew: one published before SnapStart was on has no"
                        + " snapshot"));
      }
    }
  }

  private void hear(Connection connection) throws SQLException {
    try (Statement query = connection.createStatement();
        ResultSet rows = query.executeQuery(Queries.text("functions"))) {
      while (rows.next()) {
        if (!rows.getTimestamp("last_seen").toInstant().isBefore(since)) {
          heardOf.add(rows.getString("function"));
        }
      }
    }
  }
}
