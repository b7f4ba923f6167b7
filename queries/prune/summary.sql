-- What goes, and what does that free?
-- Parameters: none. prune/streams and prune/starts have run before.
-- One row: the days (UTC) that lose anything, cold starts that lose their import timings, those timings, log streams that lose their
-- events, and the bytes of all that, of timings as their share of what the store's columns take.
WITH
rows_of AS (SELECT count(*) AS all_timings FROM import_timing),
warm AS (SELECT coalesce(sum(octet_length(events)), 0) AS bytes FROM warm_run SEMI JOIN pruned_stream USING (stream_id)),
told AS (SELECT coalesce(sum(octet_length(names::BLOB)), 0) AS bytes FROM module_usage SEMI JOIN pruned_start USING (cold_start_id)),
used AS (
  SELECT count(DISTINCT block_id) * 262144 AS bytes
  FROM pragma_storage_info('import_timing')
  WHERE persistent
)
SELECT
  (
    SELECT count(DISTINCT dt)
    FROM (
      SELECT CAST(started_at AS DATE) AS dt FROM pruned_start
      UNION ALL
      SELECT CAST(first_event_at AS DATE) FROM pruned_stream)
  ) AS days,
  (SELECT count(*) FROM pruned_start) AS cold_starts,
  (SELECT coalesce(sum(import_count), 0)::BIGINT FROM pruned_start) AS import_timings,
  (SELECT count(*) FROM pruned_stream) AS log_streams,
  (
    (SELECT coalesce(sum(bytes), 0) FROM pruned_stream) + warm.bytes + told.bytes
    + coalesce(used.bytes * (SELECT sum(import_count) FROM pruned_start) / greatest(all_timings, 1), 0)
  )::BIGINT AS bytes
FROM rows_of, warm, told, used;
