-- Take a day's log streams from a file of the lake, which holds none of their events.
-- ?  the file
-- Parameters: shards (which of shard_count, by the name of the log stream; all when not set).
INSERT INTO log_stream BY NAME
SELECT *, ''::BLOB AS events
FROM read_parquet(?, hive_partitioning = false)
WHERE getvariable('shards') IS NULL
  OR list_contains(getvariable('shards'), ('0x' || left(sha256(log_stream), 7))::INTEGER % getvariable('shard_count'))
