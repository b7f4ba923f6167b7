-- How many import timings does the store hold of each of these log streams?
-- ?  stream ids (BIGINT[])
-- One row: one log stream that has any.
SELECT stream_id, sum(import_count)::BIGINT AS import_timings
FROM cold_start
WHERE stream_id IN (SELECT unnest(?::BIGINT[]))
GROUP BY stream_id;
