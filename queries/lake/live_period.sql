-- Write what served when as Parquet: every period of every deployment.
-- ?  the file
COPY (
  SELECT account, region, function, track, deployment, began_at, last_at, main, live, newest
  FROM live_period
  ORDER BY account, region, function, track, began_at, deployment
) TO ? (FORMAT parquet, COMPRESSION zstd);
