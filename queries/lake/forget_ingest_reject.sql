-- Forget why lines were rejected on one day.
-- ?  the day (UTC)
DELETE FROM ingest_reject
WHERE ledger_id IN (SELECT ledger_id FROM ingest_ledger WHERE CAST(ingested_at AS DATE) = ?::DATE)
