-- Question: which name stands behind each name key of verdict_timings?
-- Parameters: none.
-- One row: one import name.
SELECT DISTINCT (hash(name) >> 1)::BIGINT AS name_key, name
FROM import_timing
ORDER BY name_key;
