-- Which functions have cold starts of one day?
-- ?  the day (UTC)
SELECT DISTINCT account, region, function
FROM cold_start
WHERE CAST(started_at AS DATE) = ?::DATE
ORDER BY ALL;
