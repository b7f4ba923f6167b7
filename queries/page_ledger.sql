-- What was taken in lately, and what became of its lines?
-- Parameters: none.
-- One row: one source, newest first: received = stored + already_stored + not_ours + rejected.
SELECT
  ingested_at, source_kind, source, received, stored, already_stored, not_ours, rejected, cold_starts_new, import_timings
FROM ingest_ledger
ORDER BY ingested_at DESC, ledger_id DESC
LIMIT 100;
