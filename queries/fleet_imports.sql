-- Which packages cost the whole fleet most time now?
-- function  only functions of this name; all when not set
-- account   only functions of this account; of all when not set
-- region    only functions of this Region; of all when not set
-- since     only cold starts from this time on (UTC)
-- One row: one package (pandas for pandas.core.frame) in the newest live deployments; median_ms is the own time of its
-- modules in one cold start, total_s that of all cold starts.
WITH packages AS (
  SELECT
    kind, name,
    CASE kind
      WHEN 'java class' THEN regexp_extract(name, '^[^.]*(?:[.][^.]*){0,2}')
      WHEN 'node module' THEN coalesce(nullif(regexp_extract(name, '.*node_modules/((?:@[^/]+/)?[^/]+)', 1), ''), name)
      WHEN 'ruby file' THEN split_part(name, '/', 1)
      WHEN 'dotnet assembly' THEN name
      ELSE split_part(name, '.', 1)
    END AS package
  FROM (SELECT DISTINCT kind, name FROM import_timing)
),
weights AS (
  SELECT
    account, region, function, cold_start_id, kind, package,
    sum(micros(self_ms)) AS self_us, count(DISTINCT name) AS modules
  FROM imports
  JOIN newest_deployment USING (account, region, function, deployment)
  JOIN packages USING (kind, name)
  WHERE started_at BETWEEN began_at AND last_at AND phase = 'init' AND tree = 0 AND NOT cached
    AND (getvariable('function') IS NULL OR function = getvariable('function'))
    AND (getvariable('account') IS NULL OR account = getvariable('account'))
    AND (getvariable('region') IS NULL OR region = getvariable('region'))
    AND (getvariable('since') IS NULL OR started_at >= CAST(getvariable('since') AS TIMESTAMP))
  GROUP BY account, region, function, cold_start_id, kind, package
)
SELECT
  package AS name,
  kind,
  max(modules) AS modules,
  count(DISTINCT (account, region, function)) AS functions,
  count(*) AS cold_starts,
  round(median(self_us) / 1e3, 3) AS median_ms,
  round(sum(self_us) / 1e6, 3) AS total_s
FROM weights
GROUP BY kind, package
ORDER BY sum(self_us) DESC, package
LIMIT 50;
