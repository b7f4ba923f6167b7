-- Write the log streams that began on one day as Parquet: how many requests each served, and up to when it was seen.
-- ?  the day (UTC), the file
COPY (
  SELECT stream_id, account, region, log_group, log_stream, first_event_at, last_event_at, invocations, fingerprint
  FROM log_stream
  WHERE CAST(first_event_at AS DATE) = ?::DATE
  ORDER BY log_group, account, region, stream_id
) TO ? (FORMAT parquet, COMPRESSION zstd);
