-- Which imports have a name like this one?
-- name  a name, perhaps mistyped or cut
-- One row: one name, the most similar first.
SELECT name
FROM (SELECT DISTINCT name FROM import_timing WHERE tree = 0 AND NOT cached)
WHERE starts_with(lower(name), lower(getvariable('name')))
  OR jaro_winkler_similarity(lower(name), lower(getvariable('name'))) > 0.9
ORDER BY jaro_winkler_similarity(lower(name), lower(getvariable('name'))) DESC, length(name), name
LIMIT 3;
