-- Take a day's cold starts of some functions from a file of the lake.
-- ?  the file, functions as account/region/name (VARCHAR[])
INSERT INTO cold_start BY NAME
SELECT *
FROM read_parquet(?, hive_partitioning = false)
WHERE concat_ws('/', account, region, function) IN (SELECT unnest(?::VARCHAR[]))
