-- Which cold starts count in a comparison of deployments?
-- Parameters: account, region, function (name, or NULL for all), until_us (microseconds since 1970 UTC, or NULL for no bound),
-- without (functions to leave out, as account/region/name).
-- One row: one countable cold start. Failed inits, snapshots and starts whose lines contradict each other never count.
SELECT
  cold_start_id,
  account,
  region,
  function,
  version,
  deployment,
  epoch_us(started_at) AS started_us,
  CASE WHEN init_kind = 'restore' THEN restore_ms ELSE init_ms END AS init_ms,
  runtime,
  runtime_version,
  architecture,
  memory_mb,
  layers,
  init_kind,
  completeness IN ('cut', 'capped') AS cut,
  import_count,
  major_faults,
  blocks_read,
  involuntary_switches
FROM cold_start
WHERE status = 'success'
  AND trust = 'ok'
  AND init_kind NOT IN ('snapshot', 'failed')
  AND (getvariable('account') IS NULL OR account = getvariable('account'))
  AND (getvariable('region') IS NULL OR region = getvariable('region'))
  AND (getvariable('function') IS NULL OR function = getvariable('function'))
  AND concat_ws('/', account, region, function) NOT IN (SELECT unnest(getvariable('without')))
  AND (getvariable('until_us') IS NULL OR epoch_us(started_at) < getvariable('until_us'))
ORDER BY account, region, function, started_us, cold_start_id;
