-- Which cold starts does the store hold of these log streams?
-- ?  stream ids (BIGINT[])
-- One row: one cold start.
SELECT cold_start_id, stream_id, ordinal, function
FROM cold_start
WHERE stream_id IN (SELECT unnest(?::BIGINT[]));
