-- Write the cold starts of one day as Parquet.
-- ?  the day (UTC), the file
COPY (
  SELECT
    cold_start_id, stream_id, account, region, function, version, deployment, log_group, log_stream, ordinal,
    started_at, runtime, runtime_version, runtime_version_arn, architecture, memory_mb, layers, init_kind, status,
    error_type, trust, suspect_lines, completeness, init_ms, restore_ms, first_invoke_ms, billed_ms,
    runtime_bootstrap_ms, imports_ms, unattributed_ms, import_count, major_faults, blocks_read, voluntary_switches,
    involuntary_switches, user_cpu_us, system_cpu_us, gc_us, gc_count, imports_dropped, imports_pruned
  FROM cold_start
  WHERE CAST(started_at AS DATE) = ?::DATE
  ORDER BY function, version, account, region, cold_start_id
) TO ? (FORMAT parquet, COMPRESSION zstd);
