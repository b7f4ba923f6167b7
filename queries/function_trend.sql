-- How did the cold starts of a function go over time?
-- function  which; account, region where a name stands for several functions
-- since     only cold starts from this time on (UTC)
-- minutes   length of one step; a day when not set
-- One row: one step with cold starts; quantiles are Init Duration in ms of successful on-demand cold starts.
SELECT
  minute_bucket(coalesce(CAST(getvariable('minutes') AS BIGINT), 1440), started_at) AS step_start,
  count(*) AS cold_starts,
  quantile_cont(init_ms, 0.5) AS p50_ms,
  quantile_cont(init_ms, 0.95) AS p95_ms
FROM cold_starts
WHERE function = getvariable('function')
  AND (getvariable('account') IS NULL OR account = getvariable('account'))
  AND (getvariable('region') IS NULL OR region = getvariable('region'))
  AND (getvariable('since') IS NULL OR started_at >= CAST(getvariable('since') AS TIMESTAMP))
  AND init_kind = 'on-demand' AND status = 'success' AND trust = 'ok' AND init_ms IS NOT NULL
GROUP BY 1
ORDER BY step_start;
