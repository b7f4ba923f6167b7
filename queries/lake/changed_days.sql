-- Which days of the store does a lake not hold as they are?
-- ?  the lake; whether to name the others too (BOOLEAN)
-- One row: one day (UTC) with the fingerprint of its rows, which is absent when the store has none of that day any more.
WITH present AS (
  SELECT
    CAST(cold_start.started_at AS DATE) AS dt,
    md5(string_agg(
      concat_ws(' ', cold_start.cold_start_id, hash(cold_start), md5(log_stream.events)), ',' ORDER BY cold_start_id
    )) AS fingerprint
  FROM cold_start
  JOIN log_stream USING (stream_id)
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
