-- Take why lines were rejected on one day from a file of the lake.
-- ?  the file
INSERT INTO ingest_reject BY NAME
SELECT *
FROM read_parquet(?, hive_partitioning = false)
