-- Which Java classes or Node.js files does a deployment load until its first request is over?
-- function    the function
-- account     its account
-- region      its Region
-- deployment  the deployment
-- One row: one class or file, in the order in which they are loaded; cold_starts: how many loaded it. Classes that a start makes
-- itself (lambdas, hidden classes) have a name of their own each time and are left out.
SELECT name, kind, count(DISTINCT cold_start_id) AS cold_starts
FROM imports
WHERE account = getvariable('account') AND region = getvariable('region') AND function = getvariable('function')
  AND deployment = getvariable('deployment')
  AND tree = 0 AND kind IN ('java class', 'node module')
  AND NOT (kind = 'java class' AND (name LIKE '%/%' OR name LIKE '%$$%' OR name LIKE '%[%'))
GROUP BY name, kind
ORDER BY median(seq), name, kind;
