-- Take a day's import timings from a file of the lake.
-- ?  the file
INSERT INTO import_timing BY NAME
SELECT cold_start_id, seq, parent_seq, depth, tree, kind, name, self_us, cumulative_us, phase, cached
FROM read_parquet(?, hive_partitioning = false)
ORDER BY cold_start_id, seq
