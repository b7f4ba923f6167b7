-- Which runs of warm requests does the store hold of these log streams?
-- ?  stream ids (BIGINT[])
-- One row: one run, in the order of its stream; times are microseconds since 1970 UTC.
SELECT
  stream_id, number, epoch_us(first_at) AS first_us, epoch_us(last_at) AS last_us, lines, invocations, behind
FROM warm_run
WHERE stream_id IN (SELECT unnest(?::BIGINT[]))
ORDER BY stream_id, first_at, number;
