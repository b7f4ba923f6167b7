-- Which imports have a name like this one?
-- name  a name, perhaps mistyped or cut
-- One row: one name, the most similar first: by the letters to change in it, or in as much of its beginning.
WITH known AS (
  SELECT DISTINCT name, lower(name) AS letters, lower(getvariable('name')) AS wanted
  FROM import_timing
  WHERE tree = 0 AND NOT cached
),
compared AS (
  SELECT
    name, letters, wanted,
    least(levenshtein(letters, wanted), 1 + levenshtein(substr(letters, 1, length(wanted)), wanted)) AS changes
  FROM known
)
SELECT name
FROM compared
WHERE starts_with(letters, wanted) OR 4 * changes <= length(wanted)
ORDER BY changes, length(name), name
LIMIT 3;
