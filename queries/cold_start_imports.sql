-- What did one cold start import, in which order?
-- cold_start_id  which
-- One row: one import timing of the main interpreter, in ms, in the order of the log: an import stands behind what it
-- pulled in.
SELECT
  seq,
  parent_seq,
  depth,
  kind,
  name,
  phase,
  self_ms,
  cumulative_ms
FROM imports
WHERE cold_start_id = CAST(getvariable('cold_start_id') AS BIGINT)
  AND tree = 0 AND NOT cached
ORDER BY seq;
