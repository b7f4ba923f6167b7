-- Take a day's runs of warm requests from a file of the lake.
-- ?  the file
-- Parameters: shards (where set, those alone whose log stream was taken).
INSERT INTO warm_run BY NAME
SELECT *
FROM read_parquet(?, hive_partitioning = false)
WHERE getvariable('shards') IS NULL OR stream_id IN (SELECT stream_id FROM log_stream)
