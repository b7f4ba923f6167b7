-- Which findings were accepted, by whom, why and until when?
-- function  only this function; all when not set
-- account   only functions of this account; of all when not set
-- region    only functions of this Region; of all when not set
-- One row: one accepted finding; until is the last day (UTC) on which it holds.
-- Of the store alone: acknowledgements are no part of a lake.
SELECT function, before, after, until, reason, given_by, given_at, account, region
FROM acknowledgement
WHERE (getvariable('function') IS NULL OR function = getvariable('function'))
  AND (getvariable('account') IS NULL OR account = getvariable('account'))
  AND (getvariable('region') IS NULL OR region = getvariable('region'))
ORDER BY function, before, after, account, region;
