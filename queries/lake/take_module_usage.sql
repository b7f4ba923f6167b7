-- Take what a day's environments told of the modules that they used from a file of the lake.
-- ?  the file
INSERT INTO module_usage BY NAME
SELECT *
FROM read_parquet(?, hive_partitioning = false)
