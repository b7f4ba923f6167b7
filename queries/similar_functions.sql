-- Which functions have a name like this one?
-- name  a name, perhaps mistyped or cut
-- One row: one name, the most similar first: by the letters to change in it, or in as much of its beginning.
WITH known AS (
  SELECT DISTINCT function AS name, lower(function) AS letters, lower(getvariable('name')) AS wanted
  FROM cold_starts
),
compared AS (
  SELECT
    name, letters, wanted,
    least(levenshtein(letters, wanted), 1 + levenshtein(substr(letters, 1, length(wanted)), wanted)) AS changes
  FROM known
)
SELECT name
FROM compared
WHERE strpos(letters, wanted) > 0 OR 3 * changes <= length(wanted)
ORDER BY changes, name
LIMIT 3;
