-- Take the import timings of these cold starts away. prune/starts has run before.
DELETE FROM import_timing
WHERE cold_start_id IN (SELECT cold_start_id FROM pruned_start);
