-- Question: how many import timings belong to the functions asked for?
-- Parameters: function, since, until as in verdict_starts.
-- One row: the only one, with their number.
SELECT coalesce(sum(import_count), 0) AS timings
FROM cold_start
WHERE (getvariable('function') IS NULL OR function = getvariable('function'))
  AND (getvariable('since') IS NULL OR started_at >= getvariable('since'))
  AND (getvariable('until') IS NULL OR started_at < getvariable('until'));
