-- Forget what was taken in on one day.
-- ?  the day (UTC)
DELETE FROM ingest_ledger WHERE CAST(ingested_at AS DATE) = ?::DATE
