-- Forget the cold starts of these log streams; their new rows follow in the same transaction.
-- ?  stream ids (BIGINT[])
DELETE FROM cold_start
WHERE stream_id IN (SELECT unnest(?::BIGINT[]));
