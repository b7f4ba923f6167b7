-- How long did imports with a budget take, with all they pull in?
-- Parameters: since, until (TIMESTAMP, UTC: Monday of the week and of the next), imports (names, divided by commas).
-- One row: one import of one function over the seven days that end with one day, 13 weeks back; the last day's row is the
-- week itself. p50_ms is the median over the successful on-demand cold starts that load it during init.
WITH days AS (
  SELECT day
  FROM UNNEST(generate_series(
    CAST(getvariable('since') AS TIMESTAMP) - INTERVAL '84' DAY,
    CAST(getvariable('until') AS TIMESTAMP) - INTERVAL '1' DAY,
    INTERVAL '1' DAY)) AS series(day)
),
loads AS (
  SELECT account, region, function, started_at, import_timing.name, max(cumulative_us) / 1e3 AS ms
  FROM import_timing
  JOIN cold_starts USING (cold_start_id)
  WHERE import_timing.name IN (SELECT wanted FROM UNNEST(split(getvariable('imports'), ',')) AS names(wanted))
    AND phase = 'init' AND tree = 0 AND NOT cached
    AND init_kind = 'on-demand' AND status = 'success' AND trust = 'ok'
    AND started_at >= CAST(getvariable('since') AS TIMESTAMP) - INTERVAL '90' DAY
    AND started_at < CAST(getvariable('until') AS TIMESTAMP)
  GROUP BY account, region, function, cold_start_id, started_at, import_timing.name
)
SELECT account, region, function, day, name, count(*) AS cold_starts, quantile_cont(ms, 0.5) AS p50_ms
FROM days
JOIN loads ON started_at >= day - INTERVAL '6' DAY AND started_at < day + INTERVAL '1' DAY
GROUP BY account, region, function, day, name
ORDER BY account, region, function, name, day;
