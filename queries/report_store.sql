-- Which step of queries/schema was the store brought to?
-- Parameters: none.
-- One row: the latest step, e.g. 002_views.
SELECT name AS schema_step
FROM schema_step
ORDER BY name DESC
LIMIT 1;
