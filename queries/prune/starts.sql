-- Which cold starts lose their import timings?
-- Parameters: before (the first day that stays as it is, UTC), starts (how many of a day, deployment and configuration keep theirs).
-- Which ones stay hangs on their ids alone, so that it is the same whatever was pruned before, and in whatever order.
CREATE OR REPLACE TEMP TABLE pruned_start AS
SELECT cold_start_id, started_at, import_count
FROM (
  SELECT
    cold_start_id, started_at, import_count,
    row_number() OVER (
      PARTITION BY
        account, region, function, version, deployment, runtime, runtime_version, architecture, memory_mb, layers, init_kind, status,
        trust, completeness, CAST(started_at AS DATE)
      ORDER BY cold_start_id) AS place
  FROM cold_start
  LEFT JOIN (SELECT stream_id, last_event_at FROM log_stream) streams USING (stream_id)
  WHERE coalesce(last_event_at, started_at) < getvariable('before')::DATE
    AND import_count + imports_pruned > 0)
WHERE place > getvariable('starts')
  AND import_count > 0;
