-- Of which log streams do the events go?
-- Parameters: before (the first day that stays as it is, UTC).
CREATE OR REPLACE TEMP TABLE pruned_stream AS
SELECT stream_id, first_event_at, octet_length(events) AS bytes
FROM log_stream
WHERE last_event_at < getvariable('before')::DATE
  AND octet_length(events) > 0;
