-- Which imports did these cold starts make, and how long did each take?
-- Parameters: cold_starts (list of cold_start_id). name_keys has run before.
-- One row: one import timing of the main interpreter. Names come once, from names, by their key.
SELECT
  cold_start_id,
  seq,
  coalesce(parent_seq, -1) AS parent_seq,
  name_key,
  self_us,
  phase = 'invoke' AS invoke
FROM import_timing
JOIN import_name ON import_name.name = import_timing.name
WHERE cold_start_id IN (SELECT unnest(getvariable('cold_starts')))
  AND tree = 0
  AND NOT cached;
