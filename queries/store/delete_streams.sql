-- Forget these log streams; their new rows follow in the same transaction.
-- ?  stream ids (BIGINT[])
DELETE FROM log_stream
WHERE stream_id IN (SELECT unnest(?::BIGINT[]));
