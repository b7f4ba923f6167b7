-- What is known of one cold start?
-- id  its cold_start_id
-- One row: the cold start; columns as in cold_start.
SELECT
  cold_start_id, account, region, function, version, deployment, log_group, log_stream, started_at, runtime, runtime_version,
  architecture, memory_mb, init_kind, status, error_type, trust, suspect_lines, completeness, init_ms, restore_ms,
  first_invoke_ms, billed_ms, runtime_bootstrap_ms, imports_ms, unattributed_ms, import_count, major_faults, blocks_read,
  voluntary_switches, involuntary_switches, user_cpu_us, system_cpu_us, gc_us, gc_count
FROM cold_start
WHERE cold_start_id = getvariable('id')::BIGINT;
