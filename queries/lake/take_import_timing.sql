-- Take a day's import timings from a file of the lake.
-- ?  the file
-- Parameters: shards (where set, those alone whose cold start was taken).
INSERT INTO import_timing BY NAME
SELECT cold_start_id, seq, parent_seq, depth, tree, kind, name, self_us, cumulative_us, phase, cached
FROM read_parquet(?, hive_partitioning = false)
WHERE getvariable('shards') IS NULL OR cold_start_id IN (SELECT cold_start_id FROM cold_start)
ORDER BY cold_start_id, seq
