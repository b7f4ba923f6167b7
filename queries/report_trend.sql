-- How did the fleet's cold starts go in the 13 weeks that end with this one?
-- Parameters: since, until (TIMESTAMP, UTC: Monday of the week and of the next).
-- One row: one week. Quantiles are Init Duration in ms of successful on-demand cold starts; waited_ms is the init or
-- restore time that requests waited for; invocations are those of the log streams that began in the week; deployments
-- are those first seen in it.
WITH weeks AS (
  SELECT week_start
  FROM UNNEST(generate_series(
    CAST(getvariable('since') AS TIMESTAMP) - INTERVAL '84' DAY,
    CAST(getvariable('since') AS TIMESTAMP),
    INTERVAL '7' DAY)) AS series(week_start)
),
starts AS (
  SELECT
    date_trunc('week', started_at) AS week_start,
    init_ms, restore_ms, init_kind,
    status = 'success' AND trust = 'ok' AS counts
  FROM cold_starts
  WHERE started_at >= CAST(getvariable('since') AS TIMESTAMP) - INTERVAL '84' DAY
    AND started_at < CAST(getvariable('until') AS TIMESTAMP)
),
by_week AS (
  SELECT
    week_start,
    count(*) AS cold_starts,
    quantile_cont(init_ms, 0.5) FILTER (WHERE counts AND init_kind = 'on-demand') AS p50_ms,
    quantile_cont(init_ms, 0.95) FILTER (WHERE counts AND init_kind = 'on-demand') AS p95_ms,
    quantile_cont(init_ms, 0.99) FILTER (WHERE counts AND init_kind = 'on-demand') AS p99_ms,
    sum(CASE init_kind WHEN 'on-demand' THEN init_ms WHEN 'restore' THEN restore_ms END) FILTER (WHERE counts) AS waited_ms
  FROM starts
  GROUP BY week_start
),
streams AS (
  SELECT date_trunc('week', first_event_at) AS week_start, sum(invocations) AS invocations
  FROM log_stream
  GROUP BY 1
),
deployed AS (
  SELECT date_trunc('week', first_seen) AS week_start, count(*) AS deployments
  FROM deployments
  GROUP BY 1
)
SELECT
  week_start,
  coalesce(cold_starts, 0) AS cold_starts,
  coalesce(invocations, 0) AS invocations,
  CAST(cold_starts AS DOUBLE) / nullif(invocations, 0) AS share,
  p50_ms, p95_ms, p99_ms,
  coalesce(waited_ms, 0) AS waited_ms,
  coalesce(deployments, 0) AS deployments
FROM weeks
LEFT JOIN by_week USING (week_start)
LEFT JOIN streams USING (week_start)
LEFT JOIN deployed USING (week_start)
ORDER BY week_start;
