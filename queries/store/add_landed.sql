-- Write down that these landing objects were taken in.
-- ?  ledger id, landing keys (VARCHAR[])
INSERT INTO landed_object (ledger_id, landing_key)
SELECT ?, unnest(?::VARCHAR[]);
