-- Forget the cold starts of one day.
-- ?  the day (UTC)
DELETE FROM cold_start WHERE CAST(started_at AS DATE) = ?::DATE
