-- What changed, which import did it, and is it still there?
-- function  only this function; all when not set
-- state     only slowdowns that are open, taken_back or rolled_back; everything when not set
-- since     only what became live from this time on (UTC); all when not set
-- One row: one finding, open ones first, then the newest. Change in ms with its 99 % interval, hosts taken out; age in days of the data.
WITH latest AS (
  SELECT account, region, function, max(started_at) AS latest_at
  FROM cold_starts
  GROUP BY account, region, function
)
SELECT
  function,
  before,
  after,
  after_since AS since,
  verdict,
  kind,
  round(change_ms, 2) AS change_ms,
  round(change_low_ms, 2) AS low_ms,
  round(change_high_ms, 2) AS high_ms,
  suspect,
  state,
  round(still_ms, 2) AS still_ms,
  closed_by,
  CAST(date_diff('day', CAST(after_since AS DATE), CAST(coalesce(closed_at, latest_at) AS DATE)) AS INTEGER) AS age_days,
  found_at,
  account,
  region
FROM findings
JOIN latest USING (account, region, function)
WHERE (getvariable('function') IS NULL OR function = getvariable('function'))
  AND (getvariable('state') IS NULL OR state = getvariable('state'))
  AND (getvariable('since') IS NULL OR after_since >= CAST(getvariable('since') AS TIMESTAMP))
ORDER BY state = 'open' DESC NULLS LAST, after_since DESC, function, after, account, region;
