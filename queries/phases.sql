-- Where does the init time of a deployment go: the runtime's own start, imports, or what no import explains?
-- function, deployment  which; account, region where a name stands for several functions
-- since, until          only cold starts of this time (UTC)
-- One row: the deployment. Medians over its successful cold starts with import timings, in ms: they need not add up.
SELECT
  count(*) AS cold_starts,
  median(init_ms) AS init_ms,
  median(runtime_bootstrap_ms) AS runtime_bootstrap_ms,
  median(imports_ms) AS imports_ms,
  median(unattributed_ms) AS unattributed_ms,
  median(first_invoke_ms) AS first_invoke_ms,
  min(started_at) AS first_seen,
  arg_max(runtime, started_at) AS runtime,
  arg_max(architecture, started_at) AS architecture,
  arg_max(memory_mb, started_at) AS memory_mb
FROM cold_starts
WHERE function = getvariable('function')
  AND deployment = getvariable('deployment')
  AND (getvariable('account') IS NULL OR account = getvariable('account'))
  AND (getvariable('region') IS NULL OR region = getvariable('region'))
  AND (getvariable('since') IS NULL OR started_at >= CAST(getvariable('since') AS TIMESTAMP))
  AND (getvariable('until') IS NULL OR started_at < CAST(getvariable('until') AS TIMESTAMP))
  AND status = 'success' AND trust = 'ok' AND init_kind = 'on-demand' AND unattributed_ms IS NOT NULL;
