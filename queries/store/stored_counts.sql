-- How many cold starts and import timings does the store hold of these log streams?
-- ?  stream ids (BIGINT[])
-- One row: one runtime of one log stream with the two counts; snapshots are no cold starts.
SELECT
  stream_id,
  coalesce(runtime, 'unknown') AS runtime,
  count(*) FILTER (init_kind <> 'snapshot') AS cold_starts,
  coalesce(sum(import_count), 0)::BIGINT AS import_timings
FROM cold_start
WHERE stream_id IN (SELECT unnest(?::BIGINT[]))
GROUP BY ALL;
