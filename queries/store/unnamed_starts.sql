-- Which cold starts came from files that named no log stream?
-- One row: one cold start, when it began, and how long its REPORT said it took, in microseconds.
SELECT account, region, log_group, log_stream,
  round(init_ms * 1000)::BIGINT AS init_us,
  round(first_invoke_ms * 1000)::BIGINT AS first_invoke_us,
  CASE WHEN runtime_version IS NOT NULL THEN epoch_ms(started_at) END AS began_at_ms
FROM cold_start
WHERE log_stream LIKE 'trace/%';
