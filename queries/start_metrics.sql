-- How long did the cold starts of a stretch of time take?
-- since, until  the stretch (UTC), until itself not in it
-- One row: one cold start that counts; init_ms of an init on demand, or restore_ms of a restore.
SELECT
  account,
  region,
  function,
  CASE WHEN init_kind = 'on-demand' THEN init_ms END AS init_ms,
  CASE WHEN init_kind = 'restore' THEN restore_ms END AS restore_ms
FROM cold_starts
WHERE started_at >= CAST(getvariable('since') AS TIMESTAMP)
  AND started_at < CAST(getvariable('until') AS TIMESTAMP)
  AND init_kind IN ('on-demand', 'restore')
  AND status = 'success' AND trust = 'ok'
ORDER BY account, region, function, started_at, cold_start_id;
