-- Gives import timings the ids of their cold starts.
-- ?  cold start ids before and after (BIGINT[])
UPDATE import_timing
SET cold_start_id = moved.cold_start_id
FROM (SELECT unnest(?::BIGINT[]) AS before, unnest(?::BIGINT[]) AS cold_start_id) AS moved
WHERE import_timing.cold_start_id = moved.before;
