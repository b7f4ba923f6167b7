-- Where does init time go: the runtime's own start, the function's imports, or neither?
-- function  only this function; all when not set
-- One row: one deployment; means over its traced cold starts, in ms; the parts add up to init.
SELECT
  function,
  deployment,
  count(*) AS cold_starts,
  round(avg(micros(init_ms)) / 1e3, 2) AS init_ms,
  round(avg(micros(runtime_bootstrap_ms)) / 1e3, 2) AS runtime_bootstrap_ms,
  round(avg(micros(imports_ms)) / 1e3, 2) AS imports_ms,
  round(avg(micros(unattributed_ms)) / 1e3, 2) AS unattributed_ms
FROM cold_starts
WHERE unattributed_ms IS NOT NULL AND init_kind = 'on-demand' AND status = 'success' AND trust = 'ok'
  AND (getvariable('function') IS NULL OR function = getvariable('function'))
GROUP BY account, region, function, deployment
ORDER BY function, min(started_at), deployment, account, region;
