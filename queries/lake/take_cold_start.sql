-- Take a day's cold starts from a file of the lake.
-- ?  the file
-- Parameters: shards (which of shard_count, by the name of the log stream; all when not set).
INSERT INTO cold_start BY NAME
SELECT *
FROM read_parquet(?, hive_partitioning = false)
WHERE getvariable('shards') IS NULL
  OR list_contains(getvariable('shards'), ('0x' || left(sha256(log_stream), 7))::INTEGER % getvariable('shard_count'))
ORDER BY started_at, cold_start_id
