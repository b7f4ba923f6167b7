-- Gives runs of warm requests the ids of their log streams.
-- ?  stream ids before and after (BIGINT[])
UPDATE warm_run
SET stream_id = moved.stream_id
FROM (SELECT unnest(?::BIGINT[]) AS before, unnest(?::BIGINT[]) AS stream_id) AS moved
WHERE warm_run.stream_id = moved.before;
