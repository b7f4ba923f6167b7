-- Which functions are known, and how good are their data?
-- function  only this function; all when not set
-- account   only functions of this account; of all when not set
-- region    only functions of this Region; of all when not set
-- One row: one function. Init durations in ms, of the comparable cold starts of its newest live deployment at the memory
-- size that it has now; traced = share with import timings. live: the deployments that serve now on its main track, the
-- newest first.
WITH serving AS (
  SELECT account, region, function, array_to_string(array_agg(deployment ORDER BY began_at DESC, deployment), ', ') AS live
  FROM live_period
  WHERE main AND live
  GROUP BY account, region, function
),
current_starts AS (
  SELECT
    account, region, function, init_ms, memory_mb,
    arg_max(memory_mb, started_at) OVER (PARTITION BY account, region, function) AS memory_mb_now
  FROM cold_starts
  JOIN newest_deployment USING (account, region, function, deployment)
  WHERE started_at BETWEEN began_at AND last_at
    AND init_kind = 'on-demand' AND status = 'success' AND trust = 'ok' AND init_ms IS NOT NULL
),
current_inits AS (
  SELECT
    account, region, function,
    round(median(init_ms), 2) AS init_p50_ms,
    round(quantile_cont(init_ms, 0.95), 2) AS init_p95_ms
  FROM current_starts
  WHERE memory_mb IS NOT DISTINCT FROM memory_mb_now
  GROUP BY account, region, function
)
SELECT
  function,
  count(DISTINCT deployment) AS deployments,
  count(*) AS cold_starts,
  max(init_p50_ms) AS init_p50_ms,
  max(init_p95_ms) AS init_p95_ms,
  round(100e0 * count(*) FILTER (WHERE import_count + coalesce(imports_pruned, 0) > 0) / count(*), 1) AS traced_pct,
  count(*) FILTER (WHERE status <> 'success') AS failed,
  count(*) FILTER (WHERE trust <> 'ok') AS suspect,
  arg_max(runtime, started_at) AS runtime,
  arg_max(memory_mb, started_at) AS memory_mb,
  date_trunc('second', max(started_at)) AS last_seen,
  max(live) AS live,
  account,
  region
FROM cold_starts
LEFT JOIN serving USING (account, region, function)
LEFT JOIN current_inits USING (account, region, function)
WHERE (getvariable('function') IS NULL OR function = getvariable('function'))
  AND (getvariable('account') IS NULL OR account = getvariable('account'))
  AND (getvariable('region') IS NULL OR region = getvariable('region'))
GROUP BY account, region, function
ORDER BY function, account, region;
