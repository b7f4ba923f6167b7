-- Which functions log cold starts, but none of their newer ones has import timings?
-- Parameters: since (TIMESTAMP, UTC: starts before it are not looked at).
-- One row: one function with its cold starts since then, none of them with an import timing.
SELECT function, account, region, arg_max(runtime, started_at) AS runtime, count(*) AS cold_starts, max(started_at) AS last_seen
FROM cold_starts
WHERE (getvariable('since') IS NULL OR started_at >= getvariable('since')::TIMESTAMP) AND status = 'success'
GROUP BY function, account, region
HAVING max(import_count) = 0
ORDER BY cold_starts DESC, function, account, region;
