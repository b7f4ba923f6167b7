-- What import timings does the store hold of these log streams?
-- ?  stream ids (BIGINT[])
-- One row: one import timing, in the order in which its stream printed it.
SELECT
  cold_start.stream_id, import_timing.kind, import_timing.depth, import_timing.self_us,
  import_timing.cumulative_us, import_timing.name, import_timing.cached
FROM import_timing
JOIN cold_start USING (cold_start_id)
WHERE cold_start.stream_id IN (SELECT unnest(?::BIGINT[]))
ORDER BY cold_start.stream_id, cold_start.ordinal, import_timing.seq;
