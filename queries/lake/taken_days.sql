-- Which days were taken from a lake, and as what?
-- ?  the lake
-- One row: one day (UTC) with the tags of its files at that time.
SELECT dt, fingerprint
FROM lake_day
WHERE lake = ?
ORDER BY dt;
