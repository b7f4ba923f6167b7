-- Write down why lines were rejected.
-- ?  ledger ids (BIGINT[]), reasons (VARCHAR[]), lines (BIGINT[])
INSERT INTO ingest_reject (ledger_id, reason, lines)
SELECT unnest(?::BIGINT[]), unnest(?::VARCHAR[]), unnest(?::BIGINT[]);
