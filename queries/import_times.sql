-- How long do some imports take in each deployment, with all they pull in?
-- imports   their names, divided by commas
-- function  only this function; all when not set
-- account   only functions of this account; of all when not set
-- region    only functions of this Region; of all when not set
-- since     only cold starts from this time on (UTC); all when not set
-- One row: one import of one deployment; p50_ms is the median over the comparable cold starts that load it during init.
WITH starts AS (
  SELECT cold_start_id, account, region, function, deployment
  FROM cold_starts
  WHERE init_kind = 'on-demand' AND status = 'success' AND trust = 'ok' AND import_count > 0
    AND (getvariable('function') IS NULL OR function = getvariable('function'))
    AND (getvariable('account') IS NULL OR account = getvariable('account'))
    AND (getvariable('region') IS NULL OR region = getvariable('region'))
    AND (getvariable('since') IS NULL OR started_at >= CAST(getvariable('since') AS TIMESTAMP))
),
loads AS (
  SELECT cold_start_id, name, max(cumulative_us) / 1e3 AS ms
  FROM import_timing
  WHERE name IN (SELECT wanted FROM UNNEST(split(getvariable('imports'), ',')) AS names(wanted))
    AND phase = 'init' AND tree = 0 AND NOT cached
  GROUP BY cold_start_id, name
)
SELECT account, region, function, deployment, name, count(*) AS cold_starts, quantile_cont(ms, 0.5) AS p50_ms
FROM loads
JOIN starts USING (cold_start_id)
GROUP BY account, region, function, deployment, name
ORDER BY account, region, function, deployment, name;
