-- How long did cold starts take this week by runtime, against the week before?
-- Parameters: since, until (TIMESTAMP, UTC: Monday of the week and of the next).
-- One row: one runtime with successful on-demand cold starts this week; quantiles are Init Duration in ms.
WITH starts AS (
  SELECT
    coalesce(runtime, 'not known') AS runtime,
    account || '/' || region || '/' || function AS function,
    init_ms,
    started_at >= CAST(getvariable('since') AS TIMESTAMP) AS in_week
  FROM cold_starts
  WHERE started_at >= CAST(getvariable('since') AS TIMESTAMP) - INTERVAL '7' DAY
    AND started_at < CAST(getvariable('until') AS TIMESTAMP)
    AND init_kind = 'on-demand' AND status = 'success' AND trust = 'ok'
)
SELECT
  runtime,
  count(DISTINCT function) FILTER (WHERE in_week) AS functions,
  count(*) FILTER (WHERE in_week) AS cold_starts,
  quantile_cont(init_ms, 0.5) FILTER (WHERE in_week) AS p50_ms,
  quantile_cont(init_ms, 0.95) FILTER (WHERE in_week) AS p95_ms,
  quantile_cont(init_ms, 0.99) FILTER (WHERE in_week) AS p99_ms,
  quantile_cont(init_ms, 0.5) FILTER (WHERE NOT in_week) AS p50_ms_before
FROM starts
GROUP BY runtime
HAVING count(*) FILTER (WHERE in_week) > 0
ORDER BY cold_starts DESC, runtime;
