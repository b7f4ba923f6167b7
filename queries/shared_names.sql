-- Which function names stand for several functions, in several accounts or Regions?
-- One row: one such name.
SELECT function AS name, count(*) AS functions
FROM (SELECT DISTINCT account, region, function FROM cold_starts)
GROUP BY function
HAVING count(*) > 1
ORDER BY function;
