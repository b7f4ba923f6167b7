-- Write what the environments of one day told of the modules that they used as Parquet.
-- ?  the day (UTC), the file
COPY (
  SELECT module_usage.*
  FROM module_usage
  JOIN cold_start USING (cold_start_id)
  WHERE CAST(cold_start.started_at AS DATE) = ?::DATE
  ORDER BY cold_start_id, requests
) TO ? (FORMAT parquet, COMPRESSION zstd);
