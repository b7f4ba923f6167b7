-- Which functions have a name like this one?
-- name  a name, perhaps mistyped or cut
-- One row: one name, the most similar first.
SELECT function AS name
FROM (SELECT DISTINCT function FROM cold_starts)
WHERE contains(lower(function), lower(getvariable('name')))
  OR jaro_winkler_similarity(lower(function), lower(getvariable('name'))) > 0.85
ORDER BY jaro_winkler_similarity(lower(function), lower(getvariable('name'))) DESC, function
LIMIT 3;
