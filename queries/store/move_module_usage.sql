-- Gives what environments told of their modules the ids of their cold starts.
-- ?  cold start ids before and after (BIGINT[])
UPDATE module_usage
SET cold_start_id = moved.cold_start_id
FROM (SELECT unnest(?::BIGINT[]) AS before, unnest(?::BIGINT[]) AS cold_start_id) AS moved
WHERE module_usage.cold_start_id = moved.before;
