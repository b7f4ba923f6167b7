-- Which functions have drifted up for three weeks, without a verdict on any deployment?
-- Parameters: since, until (TIMESTAMP, UTC: Monday of the week and of the next).
-- One row: one function whose median Init Duration rose in each of the last three weeks, by 5 % or more in all, with 20
-- cold starts or more in each of the four weeks, on one memory size, architecture and runtime. p50_ms_0 is the oldest.
WITH starts AS (
  SELECT
    account, region, function, init_ms, memory_mb, architecture, runtime,
    floor(date_diff('day', CAST(CAST(getvariable('since') AS TIMESTAMP) - INTERVAL '21' DAY AS DATE), CAST(started_at AS DATE)) / 7e0) AS week
  FROM cold_starts
  WHERE started_at >= CAST(getvariable('since') AS TIMESTAMP) - INTERVAL '21' DAY
    AND started_at < CAST(getvariable('until') AS TIMESTAMP)
    AND init_kind = 'on-demand' AND status = 'success' AND trust = 'ok' AND init_ms IS NOT NULL
),
weeks AS (
  SELECT
    account, region, function,
    quantile_cont(init_ms, 0.5) FILTER (WHERE week = 0) AS p50_ms_0,
    quantile_cont(init_ms, 0.5) FILTER (WHERE week = 1) AS p50_ms_1,
    quantile_cont(init_ms, 0.5) FILTER (WHERE week = 2) AS p50_ms_2,
    quantile_cont(init_ms, 0.5) FILTER (WHERE week = 3) AS p50_ms_3,
    count(*) FILTER (WHERE week = 3) AS cold_starts,
    least(
      count(*) FILTER (WHERE week = 0), count(*) FILTER (WHERE week = 1), count(*) FILTER (WHERE week = 2), count(*) FILTER (WHERE week = 3)) AS fewest
  FROM starts
  GROUP BY account, region, function
  HAVING count(DISTINCT (memory_mb, architecture, runtime)) = 1
)
SELECT account, region, function, p50_ms_0, p50_ms_1, p50_ms_2, p50_ms_3, cold_starts
FROM weeks
WHERE fewest >= 20
  AND p50_ms_0 < p50_ms_1 AND p50_ms_1 < p50_ms_2 AND p50_ms_2 < p50_ms_3
  AND p50_ms_3 >= 1.05e0 * p50_ms_0
ORDER BY p50_ms_3 / p50_ms_0 DESC, account, region, function
LIMIT 15;
