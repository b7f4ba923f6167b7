-- Take the events of these streams away; what is left of each says that it was here. prune/streams has run before.
UPDATE log_stream
SET events = ''::BLOB
WHERE stream_id IN (SELECT stream_id FROM pruned_stream);
