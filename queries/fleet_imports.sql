-- Which imports cost the whole fleet most time?
-- function  only functions of this name; all when not set
-- account   only functions of this account; of all when not set
-- region    only functions of this Region; of all when not set
-- since     only cold starts from this time on (UTC)
-- One row: one import; total_s is its own time over all cold starts, median_ms that of one cold start.
SELECT
  name,
  kind,
  count(DISTINCT hash(account, region, function)) AS functions,
  count(DISTINCT cold_start_id) AS cold_starts,
  round(median(self_ms), 3) AS median_ms,
  round(sum(self_ms) / 1000, 3) AS total_s
FROM imports
WHERE phase = 'init' AND tree = 0 AND NOT cached
  AND (getvariable('function') IS NULL OR function = getvariable('function'))
  AND (getvariable('account') IS NULL OR account = getvariable('account'))
  AND (getvariable('region') IS NULL OR region = getvariable('region'))
  AND (getvariable('since') IS NULL OR started_at >= CAST(getvariable('since') AS TIMESTAMP))
GROUP BY kind, name
ORDER BY total_s DESC, name
LIMIT 50;
