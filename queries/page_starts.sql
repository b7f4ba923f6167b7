-- Which cold starts has a function had lately?
-- account, region, function  which function
-- since  only cold starts from this time on (TIMESTAMP, UTC); all when not set
-- One row: one cold start, newest first.
SELECT
  cold_start_id, started_at, deployment, init_kind, status, trust, init_ms, restore_ms, first_invoke_ms, memory_mb, import_count
FROM cold_starts
WHERE account = getvariable('account') AND region = getvariable('region') AND function = getvariable('function')
  AND (getvariable('since') IS NULL OR started_at >= getvariable('since')::TIMESTAMP)
ORDER BY started_at DESC, cold_start_id
LIMIT 100;
