-- Take what was taken in on one day from a file of the lake.
-- ?  the file
INSERT INTO ingest_ledger BY NAME
SELECT *
FROM read_parquet(?, hive_partitioning = false)
