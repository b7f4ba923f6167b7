-- Forget the log streams that began on one day.
-- ?  the day (UTC)
DELETE FROM log_stream WHERE CAST(first_event_at AS DATE) = ?::DATE
