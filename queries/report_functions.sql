-- Which functions are known, and what did each give this week?
-- Parameters: since, until (TIMESTAMP, UTC: Monday of the week and of the next).
-- One row: one function heard of by the end of the week. last_heard is its latest log event of any kind; a function that
-- was not heard in the week is listed, not absent. traced are cold starts with import timings; suspect, failed and cut
-- ones never enter a comparison as they are.
WITH starts AS (
  SELECT
    cold_starts.account, cold_starts.region, function, started_at, import_count, trust, init_kind, completeness,
    started_at >= CAST(getvariable('since') AS TIMESTAMP) AS in_week,
    least(coalesce(last_event_at, started_at), CAST(getvariable('until') AS TIMESTAMP)) AS last_event_at
  FROM cold_starts
  LEFT JOIN log_stream USING (stream_id)
  WHERE started_at < CAST(getvariable('until') AS TIMESTAMP)
)
SELECT
  account, region, function,
  min(started_at) AS first_seen,
  max(started_at) AS last_cold_start,
  greatest(max(started_at), max(last_event_at)) AS last_heard,
  count(*) FILTER (WHERE in_week) AS cold_starts,
  count(*) FILTER (WHERE in_week AND import_count > 0) AS traced,
  count(*) FILTER (WHERE in_week AND trust <> 'ok') AS suspect,
  count(*) FILTER (WHERE in_week AND init_kind = 'failed') AS failed,
  count(*) FILTER (WHERE in_week AND completeness IN ('cut', 'capped')) AS cut
FROM starts
GROUP BY account, region, function
ORDER BY account, region, function;
