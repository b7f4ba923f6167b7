-- Forget the import timings of one day.
-- ?  the day (UTC)
DELETE FROM import_timing
WHERE cold_start_id IN (SELECT cold_start_id FROM cold_start WHERE CAST(started_at AS DATE) = ?::DATE)
