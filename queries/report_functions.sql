-- Which functions are known, and what did each give this week?
-- Parameters: since, until (TIMESTAMP, UTC: Monday of the week and of the next).
-- One row: one function heard of by the end of the week. last_heard is its latest log event of any kind; a function that
-- was not heard in the week is listed, not absent. traced are cold starts with import timings; suspect, failed and cut
-- ones never enter a comparison as they are.
WITH starts AS (
  SELECT
    cold_starts.*,
    started_at >= getvariable('since')::TIMESTAMP AS in_week,
    last_event_at
  FROM cold_starts
  LEFT JOIN log_stream USING (stream_id)
  WHERE started_at < getvariable('until')::TIMESTAMP
)
SELECT
  account, region, function,
  min(started_at) AS first_seen,
  max(started_at) AS last_cold_start,
  greatest(max(started_at), max(least(last_event_at, getvariable('until')::TIMESTAMP))) AS last_heard,
  count(*) FILTER (in_week) AS cold_starts,
  count(*) FILTER (in_week AND import_count > 0) AS traced,
  count(*) FILTER (in_week AND trust <> 'ok') AS suspect,
  count(*) FILTER (in_week AND init_kind = 'failed') AS failed,
  count(*) FILTER (in_week AND completeness IN ('cut', 'capped')) AS cut
FROM starts
GROUP BY account, region, function
ORDER BY account, region, function;
