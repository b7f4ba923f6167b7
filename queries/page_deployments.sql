-- Which deployments has a function had, and how fast did each start?
-- account, region, function  which function
-- since  only cold starts from this time on (TIMESTAMP, UTC); all when not set
-- One row: one deployment, newest first; init durations in ms, of comparable cold starts.
SELECT
  deployment,
  min(started_at) AS first_seen,
  max(started_at) AS last_seen,
  count(*) AS cold_starts,
  count(*) FILTER (init_kind = 'on-demand' AND status = 'success' AND trust = 'ok' AND init_ms IS NOT NULL) AS comparable,
  quantile_cont(init_ms, 0.5) FILTER (init_kind = 'on-demand' AND status = 'success' AND trust = 'ok') AS init_p50_ms,
  quantile_cont(init_ms, 0.95) FILTER (init_kind = 'on-demand' AND status = 'success' AND trust = 'ok') AS init_p95_ms,
  count(*) FILTER (status <> 'success') AS failed,
  count(*) FILTER (trust <> 'ok') AS suspect,
  round(100.0 * count(*) FILTER (import_count + imports_pruned > 0) / count(*), 1) AS traced_pct,
  arg_max(runtime, started_at) AS runtime,
  arg_max(runtime_version, started_at) AS runtime_version,
  arg_max(architecture, started_at) AS architecture,
  arg_max(memory_mb, started_at) AS memory_mb
FROM cold_starts
WHERE account = getvariable('account') AND region = getvariable('region') AND function = getvariable('function')
  AND (getvariable('since') IS NULL OR started_at >= getvariable('since')::TIMESTAMP)
GROUP BY deployment
ORDER BY first_seen DESC, deployment DESC;
