-- Say at the cold starts what was taken. prune/starts has run before.
UPDATE cold_start
SET imports_pruned = imports_pruned + import_count, import_count = 0
WHERE cold_start_id IN (SELECT cold_start_id FROM pruned_start);
