-- When was each finding first known?
-- One row: one finding; after_us in microseconds since 1970 UTC.
SELECT account, region, function, track, kind, after, epoch_us(after_since) AS after_us, epoch_us(found_at) AS found_us
FROM finding
ORDER BY ALL;
