-- Take away what these cold starts told of their modules: without their import timings it says nothing. prune/starts has run before.
DELETE FROM module_usage
WHERE cold_start_id IN (SELECT cold_start_id FROM pruned_start);
