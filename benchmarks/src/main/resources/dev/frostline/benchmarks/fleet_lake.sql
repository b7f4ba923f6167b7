-- A made-up store as a lake: one more file in every day's folder.
-- Parameters: lake (folder), file (its name in each folder).
COPY (
  SELECT *, CAST(started_at AS DATE) AS dt
  FROM cold_start
  ORDER BY dt, function, version, cold_start_id
) TO (getvariable('lake') || '/cold_start')
(FORMAT parquet, COMPRESSION zstd, PARTITION_BY (dt), OVERWRITE_OR_IGNORE, FILENAME_PATTERN getvariable('file'));

COPY (
  SELECT
    cold_start.account, cold_start.region, cold_start.function, cold_start.version, cold_start.deployment,
    import_timing.*, CAST(started_at AS DATE) AS dt
  FROM import_timing
  JOIN cold_start USING (cold_start_id)
  ORDER BY dt, cold_start.function, cold_start.version, import_timing.name, cold_start_id
) TO (getvariable('lake') || '/import_timing')
(FORMAT parquet, COMPRESSION zstd, PARTITION_BY (dt), OVERWRITE_OR_IGNORE, FILENAME_PATTERN getvariable('file'));
