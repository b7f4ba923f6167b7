-- Which deployments were there by the end of the week, and how many cold starts did each have in it?
-- Parameters: since, until (TIMESTAMP, UTC: Monday of the week and of the next), usd, arm_usd (USD per GB-second on x86_64
-- and on arm64).
-- One row: one deployment. waited_for counts cold starts a request waited for; usd_per_ms is what one more millisecond in
-- each of them costs; replaced_by is the deployment that took over, absent while this one still takes cold starts.
WITH starts AS (
  SELECT
    account, region, function, deployment, started_at, memory_mb,
    started_at >= CAST(getvariable('since') AS TIMESTAMP) AS in_week,
    init_kind IN ('on-demand', 'restore') AND status = 'success' AND trust = 'ok' AS waited,
    CAST(CASE WHEN architecture = 'arm64' THEN getvariable('arm_usd') ELSE getvariable('usd') END AS DOUBLE) AS usd_per_gb_s
  FROM cold_starts
  WHERE started_at < CAST(getvariable('until') AS TIMESTAMP)
),
seen AS (
  SELECT
    account, region, function, deployment,
    min(started_at) AS first_seen,
    max(started_at) AS last_seen,
    count(*) FILTER (WHERE in_week) AS cold_starts,
    count(*) FILTER (WHERE in_week AND waited) AS waited_for,
    coalesce(sum(memory_mb / 1024e0 / 1e3 * usd_per_gb_s) FILTER (WHERE in_week AND waited), 0) AS usd_per_ms
  FROM starts
  GROUP BY account, region, function, deployment
),
ordered AS (
  SELECT
    *,
    lead(deployment) OVER (PARTITION BY account, region, function ORDER BY first_seen, deployment) AS next_deployment
  FROM seen
),
live AS (
  SELECT
    account, region, function,
    arg_max(deployment, last_seen) AS live_deployment,
    arg_max(first_seen, last_seen) AS live_since,
    max(last_seen) AS function_last_seen
  FROM seen
  GROUP BY account, region, function
)
SELECT
  account, region, function, deployment, first_seen, last_seen, cold_starts, waited_for, usd_per_ms,
  CASE
    WHEN live_deployment <> deployment
      AND (live_since >= last_seen OR function_last_seen - last_seen > INTERVAL '1' DAY)
    THEN coalesce(next_deployment, live_deployment)
  END AS replaced_by
FROM ordered
JOIN live USING (account, region, function)
ORDER BY account, region, function, first_seen, deployment;
