-- Forget what one day's environments told of the modules that they used.
-- ?  the day (UTC)
DELETE FROM module_usage
WHERE cold_start_id IN (SELECT cold_start_id FROM cold_start WHERE CAST(started_at AS DATE) = ?::DATE)
