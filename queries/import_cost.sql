-- Which functions pay for one import, and how much?
-- name      the import, in full
-- function  only functions of this name; all when not set
-- account   only functions of this account; of all when not set
-- region    only functions of this Region; of all when not set
-- since     only cold starts from this time on (UTC)
-- One row: one function's newest deployment that makes the import; times are medians over the cold starts that make it,
-- in ms; total_s is all of them together; imported_by is who imports it most often.
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
newest AS (
  SELECT account, region, function, arg_max(deployment, started_at) AS deployment, min(started_at) AS first_seen
  FROM made
  GROUP BY account, region, function
)
SELECT
  function,
  deployment,
  count(DISTINCT cold_start_id) AS cold_starts,
  round(median(self_ms), 3) AS self_ms,
  round(median(cumulative_ms), 3) AS cumulative_ms,
  round(sum(cumulative_ms) / 1000, 3) AS total_s,
  coalesce(mode(importer ORDER BY importer), '') AS imported_by,
  any_value(first_seen) AS first_seen,
  account,
  region
FROM made
JOIN newest USING (account, region, function, deployment)
GROUP BY account, region, function, deployment
ORDER BY total_s DESC, function, account, region;
