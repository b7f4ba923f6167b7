-- Which functions had at least twice the cold starts of the week before?
-- Parameters: since, until (TIMESTAMP, UTC: Monday of the week and of the next).
-- One row: one function with 20 cold starts or more this week and some in the week before. More cold starts make users
-- wait more without any of them being slower.
WITH counted AS (
  SELECT
    account, region, function,
    count(*) FILTER (WHERE started_at < CAST(getvariable('since') AS TIMESTAMP)) AS before,
    count(*) FILTER (WHERE started_at >= CAST(getvariable('since') AS TIMESTAMP)) AS this_week
  FROM cold_starts
  WHERE started_at >= CAST(getvariable('since') AS TIMESTAMP) - INTERVAL '7' DAY
    AND started_at < CAST(getvariable('until') AS TIMESTAMP)
  GROUP BY account, region, function
)
SELECT account, region, function, before AS cold_starts_before, this_week AS cold_starts
FROM counted
WHERE this_week >= 20 AND before > 0 AND this_week >= 2 * before
ORDER BY this_week - before DESC, account, region, function
LIMIT 20;
