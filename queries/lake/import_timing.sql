-- Write the import timings of one day's cold starts as Parquet, each with the function and version it was timed in.
-- ?  the day (UTC), the file
COPY (
  SELECT
    cold_start.account, cold_start.region, cold_start.function, cold_start.version, cold_start.deployment,
    import_timing.cold_start_id, import_timing.seq, import_timing.parent_seq, import_timing.depth,
    import_timing.tree, import_timing.kind, import_timing.name, import_timing.self_us, import_timing.cumulative_us,
    import_timing.phase, import_timing.cached
  FROM import_timing
  JOIN cold_start USING (cold_start_id)
  WHERE CAST(cold_start.started_at AS DATE) = ?::DATE
  ORDER BY
    cold_start.function, cold_start.version, import_timing.name, cold_start.account, cold_start.region,
    import_timing.cold_start_id, import_timing.seq
) TO ? (FORMAT parquet, COMPRESSION zstd);
