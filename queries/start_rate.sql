-- How often does a function start now, and in what?
-- function  the function
-- account   only of this account; of all when not set
-- region    only of this Region; of all when not set
-- One row: one function that has on-demand cold starts. starts_per_week: those of the seven days up to its newest one;
-- memory_mb and architecture: of the newest.
WITH starts AS (
  SELECT account, region, function, started_at, memory_mb, architecture
  FROM cold_starts
  WHERE function = getvariable('function')
    AND (getvariable('account') IS NULL OR account = getvariable('account'))
    AND (getvariable('region') IS NULL OR region = getvariable('region'))
    AND init_kind = 'on-demand' AND trust = 'ok'
),
newest AS (
  SELECT account, region, function, max(started_at) AS newest_at
  FROM starts
  GROUP BY account, region, function
)
SELECT
  account,
  region,
  count(*) FILTER (WHERE started_at > newest_at - INTERVAL '7' DAY) AS starts_per_week,
  arg_max(memory_mb, started_at) AS memory_mb,
  arg_max(architecture, started_at) AS architecture
FROM starts
JOIN newest USING (account, region, function)
GROUP BY account, region, function
ORDER BY account, region;
