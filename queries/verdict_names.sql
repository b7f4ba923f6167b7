-- Question: which name stands behind each name key of verdict_timings?
-- Parameters: cold_starts as in verdict_timings.
-- One row: one import name.
SELECT DISTINCT (hash(name) >> 1)::BIGINT AS name_key, name
FROM import_timing
WHERE cold_start_id IN (SELECT unnest(getvariable('cold_starts')))
ORDER BY name_key;
