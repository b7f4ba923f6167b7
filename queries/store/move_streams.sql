-- Gives log streams the account and Region that were learnt.
-- ?  stream ids before and after (BIGINT[]), accounts and Regions (VARCHAR[])
UPDATE log_stream
SET stream_id = moved.stream_id, account = moved.account, region = moved.region
FROM (
  SELECT unnest(?::BIGINT[]) AS before, unnest(?::BIGINT[]) AS stream_id, unnest(?::VARCHAR[]) AS account, unnest(?::VARCHAR[]) AS region
) AS moved
WHERE log_stream.stream_id = moved.before;
