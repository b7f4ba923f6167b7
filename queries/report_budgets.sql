-- How fast did each function start, as a budget is held against it?
-- Parameters: since, until (TIMESTAMP, UTC: Monday of the week and of the next).
-- One row: one function over the seven days that end with one day, 13 weeks back; the last day's row is the week itself.
-- Quantiles are Init Duration in ms of successful on-demand cold starts; traced counts those with import timings.
WITH days AS (
  SELECT day
  FROM UNNEST(generate_series(
    CAST(getvariable('since') AS TIMESTAMP) - INTERVAL '84' DAY,
    CAST(getvariable('until') AS TIMESTAMP) - INTERVAL '1' DAY,
    INTERVAL '1' DAY)) AS series(day)
)
SELECT
  account, region, function, day,
  count(init_ms) AS cold_starts,
  count(init_ms) FILTER (WHERE import_count > 0) AS traced,
  quantile_cont(init_ms, 0.5) AS p50_ms,
  quantile_cont(init_ms, 0.95) AS p95_ms,
  quantile_cont(init_ms, 0.99) AS p99_ms
FROM days
JOIN cold_starts ON started_at >= day - INTERVAL '6' DAY AND started_at < day + INTERVAL '1' DAY
WHERE init_kind = 'on-demand' AND status = 'success' AND trust = 'ok'
GROUP BY account, region, function, day
ORDER BY account, region, function, day;
