-- Which deployments has a function had, and how fast did each start?
-- function  only this function; all when not set
-- One row: one deployment; init durations in ms, of comparable cold starts.
SELECT
  function,
  deployment,
  min(started_at) AS first_seen,
  max(started_at) AS last_seen,
  count(*) AS cold_starts,
  round(median(init_ms) FILTER (init_kind = 'on-demand' AND status = 'success' AND trust = 'ok'), 2) AS init_p50_ms,
  round(quantile_cont(init_ms, 0.95) FILTER (init_kind = 'on-demand' AND status = 'success' AND trust = 'ok'), 2)
    AS init_p95_ms,
  arg_max(runtime_version, started_at) AS runtime_version,
  arg_max(memory_mb, started_at) AS memory_mb,
  account,
  region
FROM cold_starts
WHERE getvariable('function') IS NULL OR function = getvariable('function')
GROUP BY account, region, function, deployment
ORDER BY function, first_seen, deployment;
