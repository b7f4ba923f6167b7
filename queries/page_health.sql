-- Does everything that was ever taken in add up, and how fresh is it?
-- Parameters: none.
-- One row: the store. difference = received - stored - already_stored - not_ours - rejected; anything but 0 is a fault.
SELECT
  count(*) AS sources,
  coalesce(sum(received), 0)::BIGINT AS received,
  coalesce(sum(stored), 0)::BIGINT AS stored,
  coalesce(sum(already_stored), 0)::BIGINT AS already_stored,
  coalesce(sum(not_ours), 0)::BIGINT AS not_ours,
  coalesce(sum(rejected), 0)::BIGINT AS rejected,
  coalesce(sum(received - stored - already_stored - not_ours - rejected), 0)::BIGINT AS difference,
  max(ingested_at) AS latest_ingest,
  (SELECT max(last_event_at) FROM log_stream) AS latest_event,
  (SELECT count(*) FROM cold_starts) AS cold_starts,
  (SELECT count(*) FROM cold_starts WHERE trust <> 'ok') AS suspect,
  (SELECT count(*) FROM cold_starts WHERE status <> 'success') AS failed,
  (SELECT count(*) FROM import_timing) AS import_timings
FROM ingest_ledger;
