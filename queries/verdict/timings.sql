-- Which imports did these cold starts make, and how long did each take?
-- Parameters: cold_starts (list of cold_start_id).
-- One row: one import timing of the main interpreter. name_key is a 63-bit hash: names come once, from names.
SELECT
  cold_start_id,
  seq,
  coalesce(parent_seq, -1) AS parent_seq,
  (hash(name) >> 1)::BIGINT AS name_key,
  self_us,
  phase = 'invoke' AS invoke
FROM import_timing
WHERE cold_start_id IN (SELECT unnest(getvariable('cold_starts')))
  AND tree = 0
  AND NOT cached;
