-- Which findings of a lake are open and older than the days that a sync judges by, of functions that go on starting?
-- ?  what a lake holds: its file of findings, its file of live periods; the first day (UTC) of those that are read; the day from which on
-- what a deployment brought is judged by them
-- One row: one finding.
SELECT concat_ws('/', account, region, function) AS function, CAST(CAST(after_since AS TIMESTAMP) AS DATE) AS since
FROM read_parquet(?, hive_partitioning = false) AS finding
SEMI JOIN (
  SELECT account, region, function, track
  FROM read_parquet(?, hive_partitioning = false)
  WHERE last_at >= ?::DATE
) AS going_on USING (account, region, function, track)
WHERE state = 'open' AND CAST(after_since AS TIMESTAMP) < ?::DATE
ORDER BY function, since;
