-- Which slowdowns are open on the main track of their function?
-- ?  what a lake holds: its file of findings, its file of live periods
-- One row: one finding.
SELECT account, region, function, after
FROM read_parquet(?, hive_partitioning = false) AS finding
SEMI JOIN (
  SELECT account, region, function, track
  FROM read_parquet(?, hive_partitioning = false)
  WHERE main
) AS main_track USING (account, region, function, track)
WHERE state = 'open'
ORDER BY account, region, function, after;
