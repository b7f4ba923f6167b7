-- Forget the import timings of these log streams; their new rows follow in the same transaction.
-- ?  stream ids (BIGINT[])
DELETE FROM import_timing
WHERE cold_start_id IN (
  SELECT cold_start_id
  FROM cold_start
  WHERE stream_id IN (SELECT unnest(?::BIGINT[]))
);
