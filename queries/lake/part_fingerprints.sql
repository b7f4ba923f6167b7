-- What does the store hold of each day?
-- One row: one part of one day (UTC) with a fingerprint of all its rows.
WITH marks AS (
  SELECT 'rows' AS part, CAST(started_at AS DATE) AS dt, hash(cold_start, log_stream.fingerprint) AS mark
  FROM cold_start
  LEFT JOIN log_stream ON log_stream.stream_id = cold_start.stream_id
  UNION ALL
  SELECT
    'rows', CAST(first_event_at AS DATE),
    hash(stream_id, account, region, last_event_at, invocations, fingerprint, octet_length(events))
  FROM log_stream
  UNION ALL
  SELECT 'rows', CAST(first_event_at AS DATE), hash(warm_run)
  FROM warm_run
  JOIN log_stream ON log_stream.stream_id = warm_run.stream_id
  UNION ALL
  SELECT 'rows', CAST(started_at AS DATE), hash(module_usage)
  FROM module_usage
  JOIN cold_start ON cold_start.cold_start_id = module_usage.cold_start_id
  UNION ALL
  SELECT
    'landed', coalesce(try_cast(replace(regexp_extract(landing_key, '\d{4}[-/]\d\d[-/]\d\d'), '/', '-') AS DATE), DATE '1970-01-01'),
    hash(landing_key)
  FROM landed_object
  UNION ALL
  SELECT 'ledger', CAST(ingested_at AS DATE), hash(ledger_id)
  FROM ingest_ledger
)
SELECT part, dt, count(*) || ' ' || bit_xor(mark) AS fingerprint
FROM marks
GROUP BY part, dt
ORDER BY part, dt;
