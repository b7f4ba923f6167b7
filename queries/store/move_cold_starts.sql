-- Gives cold starts the account and Region that were learnt.
-- ?  cold start ids before and after, stream ids (BIGINT[]), accounts and Regions (VARCHAR[])
UPDATE cold_start
SET cold_start_id = moved.cold_start_id, stream_id = moved.stream_id, account = moved.account, region = moved.region
FROM (
  SELECT
    unnest(?::BIGINT[]) AS before, unnest(?::BIGINT[]) AS cold_start_id, unnest(?::BIGINT[]) AS stream_id,
    unnest(?::VARCHAR[]) AS account, unnest(?::VARCHAR[]) AS region
) AS moved
WHERE cold_start.cold_start_id = moved.before;
