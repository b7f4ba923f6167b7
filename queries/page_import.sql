-- Which functions pay for one import, and how much?
-- kind, name  the import
-- since  only cold starts from this time on (TIMESTAMP, UTC); all when not set
-- One row: one function; medians in ms over the cold starts that made the import; total_s = all of them together, with what
-- it pulled in, in s.
SELECT
  account, region, function,
  arg_max(deployment, started_at) AS deployment,
  count(DISTINCT cold_start_id) AS cold_starts,
  quantile_cont(self_ms, 0.5) AS self_ms,
  quantile_cont(cumulative_ms, 0.5) AS cumulative_ms,
  sum(cumulative_ms) / 1000 AS total_s,
  min(started_at) AS first_seen,
  max(started_at) AS last_seen
FROM imports
WHERE kind = getvariable('kind') AND name = getvariable('name') AND NOT cached AND tree = 0
  AND (getvariable('since') IS NULL OR started_at >= getvariable('since')::TIMESTAMP)
GROUP BY account, region, function
ORDER BY total_s DESC, function, account, region;
