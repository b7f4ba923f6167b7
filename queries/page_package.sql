-- Which modules of a package are imported, where none bears its name alone?
-- kind, name  the package, as report_shared_weight names it
-- since  only cold starts from this time on (TIMESTAMP, UTC); all when not set
-- One row: one module: how many functions and cold starts import it; median of its own time in ms.
SELECT
  name,
  count(DISTINCT account || '/' || region || '/' || function) AS functions,
  count(DISTINCT cold_start_id) AS cold_starts,
  quantile_cont(self_ms, 0.5) AS self_ms
FROM imports
WHERE kind = getvariable('kind') AND phase = 'init' AND tree = 0 AND NOT cached
  AND CASE kind
    WHEN 'node module' THEN contains(name, 'node_modules/' || getvariable('name') || '/')
    WHEN 'ruby file' THEN starts_with(name, getvariable('name') || '/')
    ELSE starts_with(name, getvariable('name') || '.')
  END
  AND (getvariable('since') IS NULL OR started_at >= getvariable('since')::TIMESTAMP)
GROUP BY name
ORDER BY self_ms DESC, name
LIMIT 50;
