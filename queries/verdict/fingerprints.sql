-- Has anything about these cold starts changed since they were judged?
-- Parameters: account, region, function (name, or NULL for all), without (functions to leave out, as account/region/name).
-- One row: one cold start. fingerprint is a 63-bit hash over what starts reads of it and the events its imports are made from;
-- retention, which takes imports and events away, changes nothing: what was judged with them holds.
SELECT
  cold_start_id,
  (
    hash(
      started_at, version, deployment, init_ms, restore_ms, runtime, runtime_version, architecture, memory_mb, layers, init_kind,
      status, trust, completeness, import_count + imports_pruned, major_faults, blocks_read, involuntary_switches, log_stream.fingerprint) >> 1
  )::BIGINT AS fingerprint
FROM cold_start
LEFT JOIN log_stream ON log_stream.stream_id = cold_start.stream_id
WHERE (getvariable('account') IS NULL OR cold_start.account = getvariable('account'))
  AND (getvariable('region') IS NULL OR cold_start.region = getvariable('region'))
  AND (getvariable('function') IS NULL OR function = getvariable('function'))
  AND concat_ws('/', cold_start.account, cold_start.region, function) NOT IN (SELECT unnest(getvariable('without')))
ORDER BY cold_start_id, fingerprint;
