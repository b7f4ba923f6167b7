-- Write why lines were rejected on one day as Parquet.
-- ?  the day (UTC), the file
COPY (
  SELECT ingest_reject.*
  FROM ingest_reject
  JOIN ingest_ledger USING (ledger_id)
  WHERE CAST(ingested_at AS DATE) = ?::DATE
  ORDER BY ledger_id, reason
) TO ? (FORMAT parquet, COMPRESSION zstd);
