-- Write the runs of warm requests of the log streams that began on one day as Parquet.
-- ?  the day (UTC), the file
COPY (
  SELECT warm_run.*
  FROM warm_run
  JOIN log_stream USING (stream_id)
  WHERE CAST(log_stream.first_event_at AS DATE) = ?::DATE
  ORDER BY stream_id, number
) TO ? (FORMAT parquet, COMPRESSION zstd);
