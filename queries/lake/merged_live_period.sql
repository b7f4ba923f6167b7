-- Write what served when of a lake as Parquet, after the latest days of some functions were read.
-- ?  the lake's file; those functions, as account/region/name (VARCHAR[]); the first day (UTC) that was read; the file to write
-- A period that goes on keeps its beginning; those before the days that were read stay, and serve no more.
COPY (
  WITH known AS (
    SELECT *
    FROM read_parquet(?, hive_partitioning = false)
  ),
  looked AS (
    SELECT ?::VARCHAR[] AS functions, ?::DATE AS first_day
  ),
  before AS (
    SELECT
      known.*,
      last_at = max(last_at) OVER (PARTITION BY account, region, function, track) OR last_at >= first_day AS goes_on,
      row_number() OVER (PARTITION BY account, region, function, track, deployment ORDER BY began_at DESC) AS back
    FROM known
    CROSS JOIN looked
    WHERE list_contains(functions, concat_ws('/', account, region, function)) AND began_at < first_day
  ),
  numbered AS (
    SELECT
      live_period.* EXCLUDE (cold_starts),
      row_number() OVER (PARTITION BY account, region, function, track, deployment ORDER BY began_at) AS number
    FROM live_period
  ),
  read AS (
    SELECT numbered.* EXCLUDE (number) REPLACE (coalesce(before.began_at, numbered.began_at) AS began_at)
    FROM numbered
    LEFT JOIN before
      ON before.account = numbered.account
      AND before.region = numbered.region
      AND before.function = numbered.function
      AND before.track = numbered.track
      AND before.deployment = numbered.deployment
      AND before.goes_on AND before.back = 1 AND numbered.number = 1
  ),
  main_track AS (
    SELECT DISTINCT account, region, function, track
    FROM live_period
    WHERE main
  )
  SELECT *
  FROM read
  UNION ALL BY NAME
  SELECT before.* EXCLUDE (goes_on, back) REPLACE (main_track.track IS NOT NULL AS main, false AS live, false AS newest)
  FROM before
  ANTI JOIN read USING (account, region, function, track, deployment, began_at)
  LEFT JOIN main_track USING (account, region, function, track)
  UNION ALL BY NAME
  SELECT known.*
  FROM known
  CROSS JOIN looked
  WHERE NOT list_contains(functions, concat_ws('/', account, region, function))
  ORDER BY account, region, function, track, began_at, deployment
) TO ? (FORMAT parquet, COMPRESSION zstd);
