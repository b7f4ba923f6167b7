-- Which functions have cold starts of these log streams?
-- ?  list of stream_id
SELECT DISTINCT account, region, function
FROM cold_start
WHERE stream_id IN (SELECT unnest(?::BIGINT[]))
ORDER BY ALL;
