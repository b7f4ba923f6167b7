-- Which functions are there, and how do they start?
-- since  only cold starts from this time on (TIMESTAMP, UTC); all when not set
-- One row: one function. Init durations in ms, of comparable cold starts; traced_pct = share with import timings.
SELECT
  account, region, function,
  arg_max(runtime, started_at) AS runtime,
  arg_max(architecture, started_at) AS architecture,
  arg_max(memory_mb, started_at) AS memory_mb,
  count(DISTINCT deployment) AS deployments,
  count(*) AS cold_starts,
  quantile_cont(init_ms, 0.5) FILTER (init_kind = 'on-demand' AND status = 'success' AND trust = 'ok') AS init_p50_ms,
  quantile_cont(init_ms, 0.95) FILTER (init_kind = 'on-demand' AND status = 'success' AND trust = 'ok') AS init_p95_ms,
  round(100.0 * count(*) FILTER (import_count > 0) / count(*), 1) AS traced_pct,
  max(started_at) AS last_seen
FROM cold_starts
WHERE getvariable('since') IS NULL OR started_at >= getvariable('since')::TIMESTAMP
GROUP BY account, region, function
ORDER BY function, account, region;
