-- Forget what these log streams told of their modules; their new rows follow in the same transaction.
-- ?  stream ids (BIGINT[])
DELETE FROM module_usage
WHERE cold_start_id IN (
  SELECT cold_start_id
  FROM cold_start
  WHERE stream_id IN (SELECT unnest(?::BIGINT[]))
);
