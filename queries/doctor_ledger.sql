-- Does the ledger of what was taken in agree with the rows that are there?
-- Parameters: none.
-- One row per check: what the ledger says, what the rows say. They differ when rows were lost, e.g. with a cut write-ahead log.
WITH ledger AS (
  SELECT
    count(*) FILTER (received <> stored + already_stored + not_ours + rejected) AS unbalanced,
    coalesce(sum(cold_starts_new), 0)::BIGINT AS cold_starts,
    coalesce(sum(import_timings), 0)::BIGINT AS import_timings,
    coalesce(sum(rejected), 0)::BIGINT AS rejected
  FROM ingest_ledger
)
SELECT 'sources whose lines do not add up' AS "check", 0::BIGINT AS ledger, unbalanced AS rows_found FROM ledger
UNION ALL
SELECT 'cold starts', cold_starts, (SELECT count(*) FROM cold_starts) FROM ledger
UNION ALL
SELECT
  'import timings', import_timings,
  (SELECT count(*) FROM import_timing) + (SELECT coalesce(sum(imports_pruned), 0)::BIGINT FROM cold_start)
FROM ledger
UNION ALL
SELECT 'rejected lines with their reason', rejected, (SELECT coalesce(sum(lines), 0)::BIGINT FROM ingest_reject) FROM ledger
UNION ALL
SELECT
  'landing objects without a source',
  0,
  (SELECT count(*) FROM landed_object WHERE ledger_id NOT IN (SELECT ledger_id FROM ingest_ledger))
FROM ledger
ORDER BY "check";
