-- Forget these runs of a log stream; their lines follow in the same transaction.
-- ?  stream id, numbers of runs (INTEGER[])
DELETE FROM warm_run
WHERE stream_id = ? AND number IN (SELECT unnest(?::INTEGER[]));
