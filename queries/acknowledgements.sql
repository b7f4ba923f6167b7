-- Which findings were accepted, by whom, why and until when?
-- function  only this function; all when not set
-- One row: one accepted finding; until is the last day (UTC) on which it holds.
SELECT function, before, after, until, reason, given_by, given_at
FROM acknowledgement
WHERE getvariable('function') IS NULL OR function = getvariable('function')
ORDER BY function, before, after;
