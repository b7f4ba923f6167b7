-- Which name stands behind each name key of timings?
-- Parameters: none. name_keys has run before.
-- One row: one import name.
SELECT name_key, name
FROM import_name
ORDER BY name_key;
