-- Write down what came of files or groups of landing objects.
-- ?  source kind, and of each: source (VARCHAR[]), received, stored, already stored, not ours, rejected, new cold starts,
--    import timings added (BIGINT[])
-- Parameters: ledger_base (where numbers begin, or NULL for 0).
-- One row: the number of one entry, in their order.
INSERT INTO ingest_ledger (
  ledger_id, source_kind, source, ingested_at, received, stored, already_stored, not_ours, rejected, cold_starts_new,
  import_timings
)
SELECT
  nextval('ledger_id') + coalesce(getvariable('ledger_base'), 0), ?, unnest(?::VARCHAR[]), current_timestamp AT TIME ZONE 'UTC', unnest(?::BIGINT[]), unnest(?::BIGINT[]),
  unnest(?::BIGINT[]), unnest(?::BIGINT[]), unnest(?::BIGINT[]), unnest(?::BIGINT[]), unnest(?::BIGINT[])
RETURNING ledger_id;
