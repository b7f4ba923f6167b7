-- Where did AWS change the runtime under a deployment this week?
-- Parameters: since, until (TIMESTAMP, UTC: Monday of the week and of the next).
-- One row: one deployment whose INIT_START first showed another runtime version in the week; medians are Init Duration in
-- ms of successful on-demand cold starts of the last 28 days under either version. They are numbers, not verdicts.
WITH versions AS (
  SELECT
    account, region, function, deployment, runtime_version,
    min(started_at) AS first_seen,
    count(*) AS cold_starts,
    quantile_cont(init_ms, 0.5) AS median_ms
  FROM cold_starts
  WHERE started_at >= CAST(getvariable('since') AS TIMESTAMP) - INTERVAL '28' DAY
    AND started_at < CAST(getvariable('until') AS TIMESTAMP)
    AND init_kind = 'on-demand' AND status = 'success' AND trust = 'ok'
    AND runtime_version IS NOT NULL
  GROUP BY account, region, function, deployment, runtime_version
),
steps AS (
  SELECT
    *,
    lag(runtime_version) OVER in_order AS version_before,
    lag(cold_starts) OVER in_order AS cold_starts_before,
    lag(median_ms) OVER in_order AS median_ms_before
  FROM versions
  WINDOW in_order AS (PARTITION BY account, region, function, deployment ORDER BY first_seen, runtime_version)
)
SELECT
  account, region, function, deployment, first_seen,
  version_before, runtime_version AS version_after,
  cold_starts_before, cold_starts AS cold_starts_after,
  median_ms_before, median_ms AS median_ms_after
FROM steps
WHERE version_before IS NOT NULL
  AND first_seen >= CAST(getvariable('since') AS TIMESTAMP)
ORDER BY first_seen, account, region, function, deployment
LIMIT 50;
