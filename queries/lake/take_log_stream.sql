-- Take a day's log streams from a file of the lake, which holds none of their events.
-- ?  the file
INSERT INTO log_stream BY NAME
SELECT *, ''::BLOB AS events
FROM read_parquet(?, hive_partitioning = false)
