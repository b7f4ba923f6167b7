-- Which of these log streams does the store know, and which events did they give?
-- ?  stream ids (BIGINT[])
-- One row: one known log stream.
SELECT stream_id, events
FROM log_stream
WHERE stream_id IN (SELECT unnest(?::BIGINT[]));
