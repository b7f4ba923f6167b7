-- Take the runs of warm requests of these streams away. prune/streams has run before.
DELETE FROM warm_run
WHERE stream_id IN (SELECT stream_id FROM pruned_stream);
