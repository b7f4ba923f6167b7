-- Write down what came of one file or landing object.
-- ?  source kind, source, received, stored, already stored, not ours, rejected, new cold starts, import timings added
-- One row: the number of the entry.
INSERT INTO ingest_ledger (
  source_kind, source, ingested_at, received, stored, already_stored, not_ours, rejected, cold_starts_new,
  import_timings
)
VALUES (?, ?, current_timestamp AT TIME ZONE 'UTC', ?, ?, ?, ?, ?, ?, ?)
RETURNING ledger_id;
