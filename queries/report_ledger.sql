-- What became of every line that was taken in: during the week, and since the store began?
-- Parameters: since, until (TIMESTAMP, UTC: Monday of the week and of the next).
-- One row: "week" (sources taken in during it) or "all". received = stored + already_stored + not_ours + rejected;
-- latest_event is the newest log event in the store, whatever the week.
-- Of the store alone: the ledger of what was taken in is no part of a lake.
WITH scopes AS (
  SELECT 'week' AS scope, getvariable('since')::TIMESTAMP AS scope_since, getvariable('until')::TIMESTAMP AS scope_until
  UNION ALL
  SELECT 'all', TIMESTAMP '0001-01-01', TIMESTAMP '9999-12-31'
)
SELECT
  scope,
  count(ledger_id) AS sources,
  coalesce(sum(received), 0)::BIGINT AS received,
  coalesce(sum(stored), 0)::BIGINT AS stored,
  coalesce(sum(already_stored), 0)::BIGINT AS already_stored,
  coalesce(sum(not_ours), 0)::BIGINT AS not_ours,
  coalesce(sum(rejected), 0)::BIGINT AS rejected,
  (SELECT max(last_event_at) FROM log_stream) AS latest_event,
  max(ingested_at) AS latest_ingest
FROM scopes
LEFT JOIN ingest_ledger ON ingested_at >= scope_since AND ingested_at < scope_until
GROUP BY scope
ORDER BY scope DESC;
