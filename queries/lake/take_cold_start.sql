-- Take a day's cold starts from a file of the lake.
-- ?  the file
INSERT INTO cold_start BY NAME
SELECT *
FROM read_parquet(?, hive_partitioning = false)
ORDER BY started_at, cold_start_id
