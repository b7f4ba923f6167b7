-- When did the functions without versions take cold starts this week?
-- Parameters: since, until (TIMESTAMP, UTC: Monday of the week and of the next), usd, arm_usd (USD per GB-second on x86_64
-- and on arm64).
-- One row: one minute of one function whose code nothing names ($LATEST); a change found in its history is named by its
-- first minute, so the sum of the rows from then to the next change is what the change has hit. waited_for counts cold
-- starts a request waited for; usd_per_ms is what one more millisecond in each of them costs.
SELECT
  account, region, function,
  date_trunc('minute', started_at) AS started_at,
  count(*) AS cold_starts,
  count(*) FILTER (WHERE init_kind IN ('on-demand', 'restore') AND status = 'success' AND trust = 'ok') AS waited_for,
  coalesce(sum(
    memory_mb / 1024e0 / 1e3
    * CAST(CASE WHEN architecture = 'arm64' THEN getvariable('arm_usd') ELSE getvariable('usd') END AS DOUBLE))
    FILTER (WHERE init_kind IN ('on-demand', 'restore') AND status = 'success' AND trust = 'ok'), 0) AS usd_per_ms
FROM cold_starts
WHERE started_at >= CAST(getvariable('since') AS TIMESTAMP)
  AND started_at < CAST(getvariable('until') AS TIMESTAMP)
  AND deployment = '$LATEST'
GROUP BY 1, 2, 3, 4
ORDER BY account, region, function, started_at;
