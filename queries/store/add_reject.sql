-- Write down why lines of one source were rejected.
-- ?  ledger id, reason, lines
INSERT INTO ingest_reject (ledger_id, reason, lines)
VALUES (?, ?, ?);
