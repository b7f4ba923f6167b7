-- Has anything about these cold starts changed since they were judged?
-- Parameters: function (name, or NULL for all).
-- One row: one cold start. fingerprint is a 63-bit hash over what starts reads of it and the events its imports are made from.
SELECT
  cold_start_id,
  (
    hash(
      started_at, version, deployment, init_ms, restore_ms, runtime, runtime_version, architecture, memory_mb, layers, init_kind,
      status, trust, completeness, import_count, major_faults, involuntary_switches, log_stream.events) >> 1
  )::BIGINT AS fingerprint
FROM cold_start
LEFT JOIN log_stream ON log_stream.stream_id = cold_start.stream_id
WHERE getvariable('function') IS NULL OR cold_start.function = getvariable('function')
ORDER BY cold_start_id, fingerprint;
