-- Which functions are there, and how do they start?
-- since  only cold starts from this time on (TIMESTAMP, UTC); all when not set
-- found  changes that nothing names, as a JSON list of {account, region, function, live_since}: what is live began with them
-- One row: one function. Init durations in ms, of the comparable cold starts of its newest live deployment at the memory
-- size that it has now; traced_pct = share with import timings.
WITH found AS (
  SELECT unnest(
    from_json(
      coalesce(getvariable('found'), '[]'),
      '[{"account":"VARCHAR","region":"VARCHAR","function":"VARCHAR","live_since":"TIMESTAMP"}]'),
    recursive := true)
),
current_starts AS (
  SELECT
    account, region, function, init_ms, memory_mb,
    arg_max(memory_mb, started_at) OVER (PARTITION BY account, region, function) AS memory_mb_now
  FROM cold_starts
  JOIN newest_deployment USING (account, region, function, deployment)
  LEFT JOIN found USING (account, region, function)
  WHERE started_at BETWEEN began_at AND last_at
    AND started_at >= coalesce(live_since, began_at)
    AND init_kind = 'on-demand' AND status = 'success' AND trust = 'ok' AND init_ms IS NOT NULL
    AND (getvariable('since') IS NULL OR started_at >= getvariable('since')::TIMESTAMP)
),
current_inits AS (
  SELECT
    account, region, function,
    quantile_cont(init_ms, 0.5) AS init_p50_ms,
    quantile_cont(init_ms, 0.95) AS init_p95_ms
  FROM current_starts
  WHERE memory_mb IS NOT DISTINCT FROM memory_mb_now
  GROUP BY account, region, function
)
SELECT
  account, region, function,
  arg_max(runtime, started_at) AS runtime,
  arg_max(architecture, started_at) AS architecture,
  arg_max(memory_mb, started_at) AS memory_mb,
  count(DISTINCT deployment) AS deployments,
  count(*) AS cold_starts,
  any_value(init_p50_ms) AS init_p50_ms,
  any_value(init_p95_ms) AS init_p95_ms,
  round(100.0 * count(*) FILTER (import_count + imports_pruned > 0) / count(*), 1) AS traced_pct,
  max(started_at) AS last_seen
FROM cold_starts
LEFT JOIN current_inits USING (account, region, function)
WHERE getvariable('since') IS NULL OR started_at >= getvariable('since')::TIMESTAMP
GROUP BY account, region, function
ORDER BY function, account, region;
