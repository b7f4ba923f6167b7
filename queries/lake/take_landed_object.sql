-- Take which landing objects of one day were taken in from a file of the lake.
-- ?  the file
INSERT INTO landed_object BY NAME
SELECT *
FROM read_parquet(?, hive_partitioning = false) AS taken
ANTI JOIN landed_object USING (landing_key)
