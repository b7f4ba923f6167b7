-- What is known of one cold start?
-- cold_start_id  which
-- One row: the cold start; times in ms, absent where nothing tells them.
SELECT
  cold_start_id, account, region, function, deployment, version, log_group, log_stream, started_at,
  runtime, runtime_version, architecture, memory_mb, init_kind, status, trust, completeness,
  init_ms, restore_ms, runtime_bootstrap_ms, imports_ms, unattributed_ms, first_invoke_ms, import_count
FROM cold_starts
WHERE cold_start_id = CAST(getvariable('cold_start_id') AS BIGINT);
