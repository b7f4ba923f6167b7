-- Write what the log streams that began on one day gave as Parquet: what a store needs of them to take in more.
-- ?  the day (UTC), the file
COPY (
  SELECT stream_id, events
  FROM log_stream
  WHERE CAST(first_event_at AS DATE) = ?::DATE
    AND octet_length(events) > 0
  ORDER BY stream_id
) TO ? (FORMAT parquet, COMPRESSION zstd);
