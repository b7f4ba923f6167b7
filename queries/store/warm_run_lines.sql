-- Which lines have these runs of a log stream?
-- ?  stream id, numbers of runs (INTEGER[])
-- One row: one run.
SELECT events
FROM warm_run
WHERE stream_id = ? AND number IN (SELECT unnest(?::INTEGER[]));
