-- What was promised of which function?
-- function  only this function; all when not set
-- account   only functions of this account; of all when not set
-- region    only functions of this Region; of all when not set
-- One row: one advice that was taken. measured_ms is the change of init where it was tried, with its 99 % interval, and times
-- scale that of the function's own init; deployment is the one that carries it where it was named, else it is the first one
-- after given_at. What was delivered: frostline promises.
-- Of the store alone: promises are no part of a lake.
SELECT
  promise_id, function, change, deployment, measured_ms, measured_low_ms, measured_high_ms, scale, usd_per_month, given_by,
  given_at, account, region
FROM promise
WHERE (getvariable('function') IS NULL OR function = getvariable('function'))
  AND (getvariable('account') IS NULL OR account = getvariable('account'))
  AND (getvariable('region') IS NULL OR region = getvariable('region'))
ORDER BY promise_id;
