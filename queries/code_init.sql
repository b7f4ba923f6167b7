-- How long does a function's own init take now, behind the runtime's own start?
-- function  the function
-- account   its account
-- region    its Region
-- One row, if any start tells: code_init_ms, the median over traced on-demand cold starts of the newest live deployment.
SELECT round(median(init_ms - runtime_bootstrap_ms), 3) AS code_init_ms
FROM cold_starts
JOIN newest_deployment USING (account, region, function, deployment)
WHERE account = getvariable('account') AND region = getvariable('region') AND function = getvariable('function')
  AND init_kind = 'on-demand' AND status = 'success' AND trust = 'ok'
  AND started_at BETWEEN began_at AND last_at
HAVING count(init_ms - runtime_bootstrap_ms) > 0;
