-- How did each runtime's cold starts go in the 13 weeks that end with this one?
-- Parameters: since, until (TIMESTAMP, UTC: Monday of the week and of the next).
-- One row: one week of one runtime with cold starts in the reported week; quantiles are Init Duration in ms of successful
-- on-demand cold starts; weeks without any are absent.
WITH starts AS (
  SELECT
    coalesce(runtime, 'not known') AS runtime,
    date_trunc('week', started_at) AS week_start,
    init_ms,
    started_at >= CAST(getvariable('since') AS TIMESTAMP) AS in_week
  FROM cold_starts
  WHERE started_at >= CAST(getvariable('since') AS TIMESTAMP) - INTERVAL '84' DAY
    AND started_at < CAST(getvariable('until') AS TIMESTAMP)
    AND init_kind = 'on-demand' AND status = 'success' AND trust = 'ok'
),
most AS (
  SELECT runtime, count(*) FILTER (WHERE in_week) AS of_week
  FROM starts
  GROUP BY runtime
  HAVING count(*) FILTER (WHERE in_week) > 0
  ORDER BY of_week DESC, runtime
  LIMIT 6
)
SELECT
  runtime, week_start,
  count(*) AS cold_starts,
  quantile_cont(init_ms, 0.5) AS p50_ms,
  quantile_cont(init_ms, 0.95) AS p95_ms
FROM starts
JOIN most USING (runtime)
GROUP BY runtime, of_week, week_start
ORDER BY of_week DESC, runtime, week_start;
