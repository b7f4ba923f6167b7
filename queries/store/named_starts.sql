-- Which cold starts of a log group, of streams with names, took exactly that long?
-- ?  account, region, log group, init times in microseconds (BIGINT[])
-- One row: one cold start.
SELECT round(init_ms * 1000)::BIGINT AS init_us, round(first_invoke_ms * 1000)::BIGINT AS first_invoke_us
FROM cold_start
WHERE account = ? AND region = ? AND log_group = ?
  AND log_stream NOT LIKE 'trace/%'
  AND first_invoke_ms IS NOT NULL
  AND round(init_ms * 1000)::BIGINT IN (SELECT unnest(?::BIGINT[]));
