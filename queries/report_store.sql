-- Which step of queries/schema was the store brought to?
-- Parameters: none.
-- One row: the latest step, e.g. 002_views.
-- Of the store alone: a lake has no schema steps.
SELECT name AS schema_step
FROM schema_step
ORDER BY name DESC
LIMIT 1;
