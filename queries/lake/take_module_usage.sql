-- Take what a day's environments told of the modules that they used from a file of the lake.
-- ?  the file
-- Parameters: shards (where set, those alone whose cold start was taken).
INSERT INTO module_usage BY NAME
SELECT *
FROM read_parquet(?, hive_partitioning = false)
WHERE getvariable('shards') IS NULL OR cold_start_id IN (SELECT cold_start_id FROM cold_start)
