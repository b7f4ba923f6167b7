-- Where did the init time of two deployments go?
-- account, region, function  which function
-- before, after  its two deployments
-- One row: one of them; means in ms over its comparable cold starts with import timings. The parts add up to init.
SELECT
  deployment,
  count(*) AS cold_starts,
  avg(init_ms) AS init_ms,
  avg(runtime_bootstrap_ms) AS runtime_bootstrap_ms,
  avg(imports_ms) AS imports_ms,
  avg(unattributed_ms) AS unattributed_ms
FROM cold_starts
WHERE account = getvariable('account') AND region = getvariable('region') AND function = getvariable('function')
  AND deployment IN (getvariable('before'), getvariable('after'))
  AND init_kind = 'on-demand' AND status = 'success' AND trust = 'ok' AND unattributed_ms IS NOT NULL
GROUP BY deployment
ORDER BY deployment = getvariable('after'), deployment;
