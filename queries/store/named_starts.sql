-- Which cold starts does the store hold of a log group, of streams with names?
-- ?  account, region, log group
-- One row: one cold start whose REPORT said how long init and the first request took, in microseconds.
SELECT round(init_ms * 1000)::BIGINT AS init_us, round(first_invoke_ms * 1000)::BIGINT AS first_invoke_us
FROM cold_start
WHERE (? IN (account, 'unknown') OR account = 'unknown')
  AND (? IN (region, 'unknown') OR region = 'unknown')
  AND log_group = ?
  AND log_stream NOT LIKE 'trace/%'
  AND init_ms IS NOT NULL
  AND first_invoke_ms IS NOT NULL;
