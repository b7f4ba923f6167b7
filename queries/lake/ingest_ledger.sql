-- Write what was taken in on one day as Parquet.
-- ?  the day (UTC), the file
COPY (
  SELECT *
  FROM ingest_ledger
  WHERE CAST(ingested_at AS DATE) = ?::DATE
  ORDER BY ledger_id
) TO ? (FORMAT parquet, COMPRESSION zstd);
