-- Which deployments has a function had, and how fast did each start?
-- function  only this function; all when not set
-- account   only functions of this account; of all when not set
-- region    only functions of this Region; of all when not set
-- since     only cold starts from this time on (UTC); all when not set
-- One row: one deployment; init durations in ms, of comparable cold starts (successful, on demand, nothing contradictory);
-- traced counts those of them with import timings; newest is the newest that is live on the function's main track.
WITH starts AS (
  SELECT
    *,
    init_kind = 'on-demand' AND status = 'success' AND trust = 'ok' AND init_ms IS NOT NULL AS comparable
  FROM cold_starts
  WHERE (getvariable('function') IS NULL OR function = getvariable('function'))
    AND (getvariable('account') IS NULL OR account = getvariable('account'))
    AND (getvariable('region') IS NULL OR region = getvariable('region'))
    AND (getvariable('since') IS NULL OR started_at >= CAST(getvariable('since') AS TIMESTAMP))
)
SELECT
  function,
  deployment,
  min(started_at) AS first_seen,
  max(started_at) AS last_seen,
  count(*) AS cold_starts,
  round(median(init_ms) FILTER (WHERE comparable), 2) AS init_p50_ms,
  round(quantile_cont(init_ms, 0.95) FILTER (WHERE comparable), 2) AS init_p95_ms,
  round(quantile_cont(init_ms, 0.99) FILTER (WHERE comparable), 2) AS init_p99_ms,
  count(*) FILTER (WHERE comparable) AS comparable,
  count(*) FILTER (WHERE comparable AND import_count > 0) AS traced,
  arg_max(runtime_version, started_at) AS runtime_version,
  arg_max(memory_mb, started_at) AS memory_mb,
  bool_or(newest.began_at IS NOT NULL) AS newest,
  account,
  region
FROM starts
LEFT JOIN newest_deployment AS newest USING (account, region, function, deployment)
GROUP BY account, region, function, deployment
ORDER BY function, first_seen, deployment, account, region;
