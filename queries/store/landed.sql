-- Which of these landing objects were taken in before?
-- ?  landing keys (VARCHAR[])
-- One row: the key of one landing object that the ledger knows.
SELECT source
FROM ingest_ledger
WHERE source_kind = 'landing' AND source IN (SELECT unnest(?::VARCHAR[]));
