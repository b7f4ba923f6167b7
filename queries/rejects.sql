-- Which lines were refused, why, and how often?
-- since  only sources taken in from this time on (UTC)
-- last   true for the newest source with rejected lines only
-- One row: one reason; the text of a line is never kept.
-- Of the store alone: the ledger of what was taken in is no part of a lake.
WITH refused AS (
  SELECT ledger_id, reason, lines, source_kind, source, ingested_at
  FROM ingest_reject
  JOIN ingest_ledger USING (ledger_id)
  WHERE getvariable('since') IS NULL OR ingested_at >= CAST(getvariable('since') AS TIMESTAMP)
)
SELECT
  reason,
  sum(lines)::BIGINT AS lines,
  count(DISTINCT ledger_id) AS sources,
  min(ingested_at) AS first_seen,
  max(ingested_at) AS last_seen,
  arg_max(source, ledger_id) AS last_source
FROM refused
WHERE coalesce(CAST(getvariable('last') AS BOOLEAN), false) IS FALSE
  OR ledger_id = (SELECT max(ledger_id) FROM refused)
GROUP BY reason
ORDER BY lines DESC, reason;
