-- What does a function import, and what could deferring it save at most?
-- function  the function
-- account   only of this account; of all when not set
-- region    only of this Region; of all when not set
-- One row: one import of the newest live deployment behind Python's own start, by the handler or by what that imports from
-- another package. at_most_ms: median over the cold starts of the time with all below it, in ms, an upper bound, since others
-- may need a part of it too; imported_by is who imports it first, empty where that is the handler.
WITH made AS (
  SELECT
    account, region, function, imports.cold_start_id, imports.seq, imports.depth, imports.name, imports.cumulative_ms,
    importer.name AS imported_by
  FROM imports
  JOIN newest_deployment USING (account, region, function, deployment)
  LEFT JOIN import_timing AS importer
    ON importer.cold_start_id = imports.cold_start_id AND importer.seq = imports.parent_seq
  WHERE function = getvariable('function')
    AND (getvariable('account') IS NULL OR account = getvariable('account'))
    AND (getvariable('region') IS NULL OR region = getvariable('region'))
    AND imports.phase = 'init' AND imports.tree = 0 AND NOT imports.cached
    AND imports.started_at BETWEEN began_at AND last_at
),
runtime AS (
  SELECT cold_start_id, max(seq) AS last_seq
  FROM made
  WHERE name IN ('site', 'bootstrap') OR starts_with(name, 'awslambdaric')
  GROUP BY cold_start_id
)
SELECT
  name AS module,
  round(median(cumulative_ms), 3) AS at_most_ms,
  top_value(coalesce(imported_by, '')) AS imported_by,
  count(*) AS cold_starts,
  account,
  region
FROM made
LEFT JOIN runtime USING (cold_start_id)
WHERE seq > coalesce(last_seq, -1)
  AND depth <= 1
  AND (imported_by IS NULL OR split_part(name, '.', 1) <> split_part(imported_by, '.', 1))
  AND name NOT IN ('decimal', 'enum', 'importlib', 'json', 'logging', 'math', 'os', 'sys', 'time', 'traceback')
GROUP BY account, region, function, name
HAVING median(cumulative_ms) >= 1
ORDER BY at_most_ms DESC, module, account, region
LIMIT 40;
