-- Which name stands behind each name key of timings?
-- Parameters: none.
-- One row: one import name.
SELECT (hash(name) >> 1)::BIGINT AS name_key, name
FROM (SELECT DISTINCT name FROM import_timing) names
ORDER BY name_key;
