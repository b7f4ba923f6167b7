-- Which days of the store does a lake not hold as they are?
-- ?  the lake; whether to name the others too (BOOLEAN)
-- One row: one day (UTC) with the fingerprint of its rows, which is absent when the store has none of that day any more.
WITH marks AS (
  SELECT CAST(started_at AS DATE) AS dt, concat_ws(' ', cold_start_id, hash(cold_start), fingerprint) AS mark
  FROM cold_start
  JOIN log_stream USING (stream_id)
  UNION ALL
  SELECT CAST(first_event_at AS DATE), concat_ws(' ', 'stream', stream_id, last_event_at, invocations)
  FROM log_stream
),
present AS (
  SELECT dt, md5(string_agg(mark, ',' ORDER BY mark)) AS fingerprint
  FROM marks
  GROUP BY ALL
),
written AS (
  SELECT dt, fingerprint
  FROM lake_day
  WHERE lake = ?
)
SELECT
  dt, present.fingerprint
FROM present
FULL JOIN written USING (dt)
WHERE present.fingerprint IS DISTINCT FROM written.fingerprint OR ?
ORDER BY dt DESC;
