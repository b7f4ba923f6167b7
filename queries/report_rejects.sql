-- Why were lines rejected: of sources taken in during the week, and since the store began?
-- Parameters: since, until (TIMESTAMP, UTC: Monday of the week and of the next).
-- One row: one reason.
-- Of the store alone: the ledger of what was taken in is no part of a lake.
SELECT
  reason,
  coalesce(sum(lines) FILTER (
    ingested_at >= getvariable('since')::TIMESTAMP AND ingested_at < getvariable('until')::TIMESTAMP), 0)::BIGINT AS lines_week,
  sum(lines)::BIGINT AS lines_all
FROM ingest_reject
JOIN ingest_ledger USING (ledger_id)
GROUP BY reason
ORDER BY lines_all DESC, reason;
