-- Which days of the store does a lake not hold as they are?
-- ?  files of the lake (VARCHAR[]); the lake; whether to name the others too (BOOLEAN)
-- One row: one day (UTC) with the fingerprint of its rows, which is absent when the store has none of that day any more, and
-- whether the lake lost a file that was written of it.
WITH marks AS (
  SELECT
    CAST(started_at AS DATE) AS dt,
    concat_ws(' ', cold_start_id, hash(cold_start), fingerprint) AS mark,
    if(import_count > 0, ['cold_start', 'import_timing'], ['cold_start']) AS tables
  FROM cold_start
  JOIN log_stream USING (stream_id)
  UNION ALL
  SELECT CAST(first_event_at AS DATE), concat_ws(' ', 'stream', stream_id, last_event_at, invocations), ['log_stream']
  FROM log_stream
),
present AS (
  SELECT dt, md5(string_agg(mark, ',' ORDER BY mark)) AS fingerprint, list_distinct(flatten(list(DISTINCT tables))) AS tables
  FROM marks
  GROUP BY ALL
),
held AS (
  SELECT unnest(?::VARCHAR[]) AS file
),
missing AS (
  SELECT DISTINCT dt
  FROM (SELECT dt, unnest(tables) AS "table" FROM present)
  WHERE "table" || '/dt=' || dt || '/data.parquet' NOT IN (SELECT file FROM held)
),
written AS (
  SELECT dt, fingerprint, dt IN (SELECT dt FROM missing) AS lost
  FROM lake_day
  WHERE lake = ?
)
SELECT
  dt, present.fingerprint, coalesce(written.lost, false) AS lost
FROM present
FULL JOIN written USING (dt)
WHERE present.fingerprint IS DISTINCT FROM written.fingerprint OR written.lost OR ?
ORDER BY dt DESC;
