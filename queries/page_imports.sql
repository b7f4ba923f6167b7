-- Which imports cost a function's newest live deployment most?
-- account, region, function  which function
-- One row: one import; times are medians over the cold starts that made it, in ms.
SELECT
  name,
  kind,
  quantile_cont(self_ms, 0.5) AS self_ms,
  quantile_cont(cumulative_ms, 0.5) AS cumulative_ms,
  count(DISTINCT cold_start_id) AS cold_starts
FROM imports
JOIN newest_deployment USING (account, region, function, deployment)
WHERE account = getvariable('account') AND region = getvariable('region') AND function = getvariable('function')
  AND started_at BETWEEN began_at AND last_at
  AND phase = 'init' AND tree = 0 AND NOT cached
GROUP BY name, kind
ORDER BY self_ms DESC, name
LIMIT 25;
