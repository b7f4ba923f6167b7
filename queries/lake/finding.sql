-- Write what changed, as judged last, as Parquet.
-- ?  the file
COPY (
  SELECT
    account, region, function, track, kind, verdict, before, before_since, after, after_since, change_ms, change_low_ms,
    change_high_ms, change_pct, host_ms, p, suspect, suspect_ms, state, still_ms, closed_by, closed_at, found_at
  FROM finding
  ORDER BY account, region, function, track, after_since, after, before_since, before, kind
) TO ? (FORMAT parquet, COMPRESSION zstd);
