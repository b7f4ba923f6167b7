-- Write the findings of a lake as Parquet, after older ones were judged again by the days around them and the latest.
-- ?  the lake's file; the day (UTC) before which a finding is an older one; the file to write
-- What became of those that are open is brought up to date where these days show them; all others stay as they are.
COPY (
  WITH known AS (
    SELECT * REPLACE (
      CAST(before_since AS TIMESTAMP) AS before_since, CAST(after_since AS TIMESTAMP) AS after_since, CAST(closed_at AS TIMESTAMP) AS closed_at
    )
    FROM read_parquet(?, hive_partitioning = false)
  )
  SELECT known.* REPLACE (
    coalesce(finding.state, known.state) AS state,
    coalesce(finding.still_ms, known.still_ms) AS still_ms,
    coalesce(finding.closed_by, known.closed_by) AS closed_by,
    coalesce(finding.closed_at, known.closed_at) AS closed_at
  )
  FROM known
  LEFT JOIN finding
    ON known.state = 'open'
    AND known.after_since < ?::DATE
    AND known.account = finding.account
    AND known.region = finding.region
    AND known.function = finding.function
    AND known.track = finding.track
    AND known.kind = finding.kind
    AND known.after = finding.after
    AND known.after_since = finding.after_since
  ORDER BY
    known.account, known.region, known.function, known.track, known.after_since, known.after, known.before_since, known.before, known.kind
) TO ? (FORMAT parquet, COMPRESSION zstd);
