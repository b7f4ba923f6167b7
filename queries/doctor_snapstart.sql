-- Which functions' starts waited for an init, of those that SnapStart is on for?
-- Parameters: since (TIMESTAMP, UTC: starts before it are not looked at).
-- One row: one function with its newer starts, how many of them waited for an init, and how many of those were of $LATEST.
SELECT
  function,
  account,
  region,
  count(*) FILTER (init_kind IN ('on-demand', 'restore')) AS starts,
  count(*) FILTER (init_kind = 'on-demand') AS on_demand,
  count(*) FILTER (init_kind = 'on-demand' AND version = '$LATEST') AS of_latest
FROM cold_starts
WHERE getvariable('since') IS NULL OR started_at >= getvariable('since')::TIMESTAMP
GROUP BY function, account, region
HAVING on_demand > 0
ORDER BY on_demand DESC, function, account, region;
