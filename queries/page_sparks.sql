-- How has each function's init gone?
-- since  only cold starts from this time on (TIMESTAMP, UTC); all when not set
-- One row: one function and one of 24 equal parts of the period, from 0; median Init Duration in ms of comparable cold starts.
WITH starts AS (
  SELECT account, region, function, init_ms, epoch_ms(started_at) AS at_ms
  FROM cold_starts
  WHERE init_kind = 'on-demand' AND status = 'success' AND trust = 'ok' AND init_ms IS NOT NULL
    AND (getvariable('since') IS NULL OR started_at >= getvariable('since')::TIMESTAMP)
),
period AS (
  SELECT min(at_ms) AS begun_ms, max(at_ms) + 1 AS ended_ms FROM starts
)
SELECT
  account, region, function,
  (24 * (at_ms - begun_ms)) // (ended_ms - begun_ms) AS part,
  quantile_cont(init_ms, 0.5) AS init_p50_ms
FROM starts CROSS JOIN period
GROUP BY account, region, function, part
ORDER BY account, region, function, part;
