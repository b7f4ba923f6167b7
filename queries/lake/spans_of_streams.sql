-- On which days were these log streams seen?
-- ?  stream ids (BIGINT[])
-- One row: one known log stream with its first and last day (UTC).
SELECT CAST(first_event_at AS DATE) AS first_day, CAST(last_event_at AS DATE) AS last_day
FROM log_stream
WHERE stream_id IN (SELECT unnest(?::BIGINT[]))
ORDER BY ALL;
