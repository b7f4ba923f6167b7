-- Which imports did one cold start make, in which order?
-- id  its cold_start_id
-- One row: one import in the order they ended: children come before the import that pulled them in.
SELECT seq, parent_seq, depth, tree, kind, name, phase, cached, self_ms, cumulative_ms
FROM imports
WHERE cold_start_id = getvariable('id')::BIGINT
ORDER BY seq;
