-- Take a day's import timings of some functions from a file of the lake.
-- ?  the file, functions as account/region/name (VARCHAR[])
INSERT INTO import_timing BY NAME
SELECT cold_start_id, seq, parent_seq, depth, tree, kind, name, self_us, cumulative_us, phase, cached
FROM read_parquet(?, hive_partitioning = false)
WHERE concat_ws('/', account, region, function) IN (SELECT unnest(?::VARCHAR[]))
