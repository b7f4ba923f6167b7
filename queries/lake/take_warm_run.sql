-- Take a day's runs of warm requests from a file of the lake.
-- ?  the file
INSERT INTO warm_run BY NAME
SELECT *
FROM read_parquet(?, hive_partitioning = false)
