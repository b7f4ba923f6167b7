-- Which imports cost the most self time per cold start?
-- function  only this function; all when not set
-- account   only functions of this account; of all when not set
-- region    only functions of this Region; of all when not set
-- since     only cold starts from this time on (UTC)
-- One row: one import of one function's newest live deployment; times are medians over its cold starts, in ms.
SELECT
  function,
  deployment,
  imports.name,
  imports.kind,
  round(median(imports.self_ms), 3) AS self_ms,
  round(median(imports.cumulative_ms), 3) AS cumulative_ms,
  count(DISTINCT imports.cold_start_id) AS cold_starts
FROM imports
JOIN newest_deployment AS newest USING (account, region, function, deployment)
WHERE imports.started_at BETWEEN newest.began_at AND newest.last_at AND imports.phase = 'init' AND imports.tree = 0 AND NOT imports.cached
  AND (getvariable('function') IS NULL OR function = getvariable('function'))
  AND (getvariable('account') IS NULL OR account = getvariable('account'))
  AND (getvariable('region') IS NULL OR region = getvariable('region'))
  AND (getvariable('since') IS NULL OR imports.started_at >= CAST(getvariable('since') AS TIMESTAMP))
GROUP BY account, region, function, deployment, imports.kind, imports.name
ORDER BY self_ms DESC, function, imports.name, imports.kind, account, region
LIMIT 50;
