-- Write the findings of a lake as Parquet, after some functions were judged by their latest days.
-- ?  the lake's file; functions that were judged, as account/region/name (VARCHAR[]); the day (UTC) from which on what a deployment
-- brought is judged with enough before it; the file to write
-- Of older ones, what became of them is brought up to date where these days show it; those that nobody looked at stay as they are.
COPY (
  WITH known AS (
    SELECT *
    FROM finding
    WHERE false
    UNION ALL BY NAME
    SELECT * REPLACE (
      CAST(before_since AS TIMESTAMP) AS before_since, CAST(after_since AS TIMESTAMP) AS after_since, CAST(closed_at AS TIMESTAMP) AS closed_at
    )
    FROM read_parquet(?, hive_partitioning = false)
  ),
  looked AS (
    SELECT ?::VARCHAR[] AS functions, ?::DATE AS decided
  ),
  shown AS (
    SELECT finding.*, coalesce(known.found_at, finding.found_at) AS known_at, finding.after_since >= decided AS is_decided
    FROM finding
    CROSS JOIN looked
    LEFT JOIN known
      ON known.account = finding.account
      AND known.region = finding.region
      AND known.function = finding.function
      AND known.track = finding.track
      AND known.kind = finding.kind
      AND known.after = finding.after
      AND known.after_since = finding.after_since
    WHERE is_decided OR known.account IS NOT NULL
  )
  SELECT * EXCLUDE (known_at, is_decided) REPLACE (known_at AS found_at)
  FROM shown
  WHERE is_decided
  UNION ALL BY NAME
  SELECT known.* REPLACE (shown.state AS state, shown.still_ms AS still_ms, shown.closed_by AS closed_by, shown.closed_at AS closed_at)
  FROM known
  JOIN shown
    ON known.account = shown.account
    AND known.region = shown.region
    AND known.function = shown.function
    AND known.track = shown.track
    AND known.kind = shown.kind
    AND known.after = shown.after
    AND known.after_since = shown.after_since
  WHERE NOT is_decided
  UNION ALL BY NAME
  SELECT known.*
  FROM known
  CROSS JOIN looked
  ANTI JOIN shown USING (account, region, function, track, kind, after, after_since)
  WHERE NOT list_contains(functions, concat_ws('/', account, region, function)) OR after_since < decided
  ORDER BY account, region, function, track, after_since, after, before_since, before, kind
) TO ? (FORMAT parquet, COMPRESSION zstd);
