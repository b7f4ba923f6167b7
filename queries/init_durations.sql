-- How long did each cold start of a deployment take?
-- function, deployment  which; account, region where a name stands for several functions
-- since, until          only cold starts of this time (UTC)
-- One row: one successful cold start; init_ms is Init Duration, or Restore Duration of a restore, in ms.
SELECT
  cold_start_id,
  started_at,
  init_kind,
  CASE WHEN init_kind = 'restore' THEN restore_ms ELSE init_ms END AS init_ms,
  import_count
FROM cold_starts
WHERE function = getvariable('function')
  AND deployment = getvariable('deployment')
  AND (getvariable('account') IS NULL OR account = getvariable('account'))
  AND (getvariable('region') IS NULL OR region = getvariable('region'))
  AND (getvariable('since') IS NULL OR started_at >= CAST(getvariable('since') AS TIMESTAMP))
  AND (getvariable('until') IS NULL OR started_at < CAST(getvariable('until') AS TIMESTAMP))
  AND status = 'success' AND trust = 'ok'
  AND CASE WHEN init_kind = 'restore' THEN restore_ms ELSE init_ms END IS NOT NULL
ORDER BY started_at, cold_start_id;
