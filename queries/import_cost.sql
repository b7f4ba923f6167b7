-- Which functions pay for one import, and how much?
-- name      the import, in full
-- function  only functions of this name; all when not set
-- account   only functions of this account; of all when not set
-- region    only functions of this Region; of all when not set
-- since     only cold starts from this time on (UTC)
-- One row: one function whose newest live deployment makes the import; times are medians over its cold starts that make
-- it, in ms; total_s is all of them together; imported_by is who imports it most often; first_seen is when any deployment
-- of the function first made it; failed: the module was not found, as none of its submodules followed, which elsewhere do.
WITH made AS (
  SELECT
    imports.account, imports.region, imports.function, imports.deployment, imports.cold_start_id, imports.started_at,
    imports.self_ms, imports.cumulative_ms, importer.name AS importer
  FROM imports
  LEFT JOIN import_timing AS importer
    ON importer.cold_start_id = imports.cold_start_id AND importer.seq = imports.parent_seq
  WHERE imports.name = getvariable('name')
    AND imports.phase = 'init' AND imports.tree = 0 AND NOT imports.cached
    AND (getvariable('function') IS NULL OR imports.function = getvariable('function'))
    AND (getvariable('account') IS NULL OR imports.account = getvariable('account'))
    AND (getvariable('region') IS NULL OR imports.region = getvariable('region'))
    AND (getvariable('since') IS NULL OR imports.started_at >= CAST(getvariable('since') AS TIMESTAMP))
),
submodules AS (
  SELECT account, region, function, deployment, 1 AS is_there
  FROM imports
  WHERE starts_with(name, getvariable('name') || '.') AND phase = 'init' AND tree = 0 AND NOT cached
  GROUP BY account, region, function, deployment
),
first_made AS (
  SELECT account, region, function, min(started_at) AS first_seen
  FROM made
  GROUP BY account, region, function
)
SELECT
  function,
  deployment,
  count(DISTINCT cold_start_id) AS cold_starts,
  count(is_there) = 0 AND (SELECT count(*) FROM submodules) > 0 AS failed,
  round(median(self_ms), 3) AS self_ms,
  round(median(cumulative_ms), 3) AS cumulative_ms,
  round(sum(cumulative_ms) / 1e3, 6) AS total_s,
  coalesce(top_value(importer), '') AS imported_by,
  max(first_seen) AS first_seen,
  account,
  region
FROM made
LEFT JOIN submodules USING (account, region, function, deployment)
JOIN first_made USING (account, region, function)
JOIN newest_deployment USING (account, region, function, deployment)
WHERE started_at BETWEEN began_at AND last_at
GROUP BY account, region, function, deployment
ORDER BY total_s DESC, function, account, region;
