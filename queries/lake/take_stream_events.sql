-- Take what a day's log streams gave from a file of the lake.
-- ?  the file
UPDATE log_stream
SET events = taken.events
FROM read_parquet(?, hive_partitioning = false) AS taken
WHERE log_stream.stream_id = taken.stream_id
