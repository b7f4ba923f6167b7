-- What pulls one import in?
-- kind, name  the import
-- since  only cold starts from this time on (TIMESTAMP, UTC); all when not set
-- One row: one import directly above it, empty for none: how many functions and cold starts load it from there.
SELECT
  coalesce(above.name, '') AS importer,
  count(DISTINCT imports.account || '/' || imports.region || '/' || imports.function) AS functions,
  count(DISTINCT imports.cold_start_id) AS cold_starts,
  quantile_cont(imports.cumulative_ms, 0.5) AS cumulative_ms
FROM imports
LEFT JOIN import_timing AS above
  ON above.cold_start_id = imports.cold_start_id AND above.seq = imports.parent_seq
WHERE imports.kind = getvariable('kind') AND imports.name = getvariable('name') AND imports.phase = 'init'
  AND NOT imports.cached AND imports.tree = 0
  AND (getvariable('since') IS NULL OR imports.started_at >= getvariable('since')::TIMESTAMP)
GROUP BY importer
ORDER BY cold_starts DESC, importer
LIMIT 50;
