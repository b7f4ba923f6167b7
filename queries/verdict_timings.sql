-- Question: which imports did the cold starts of one share of the functions make, and how long did each take?
-- Parameters: function, since, until as in verdict_starts; shares (into how many parts the functions are divided), share
-- (which of them, from 0), least (deployments with fewer cold starts are left out).
-- One row: one import timing of the main interpreter. name_key is a 63-bit hash: names come once, from verdict_names.
WITH counted AS (
  SELECT cold_start_id, account, region, function, deployment
  FROM cold_start
  WHERE status = 'success'
    AND trust = 'ok'
    AND init_kind NOT IN ('snapshot', 'failed')
    AND completeness <> 'cut'
    AND (getvariable('function') IS NULL OR function = getvariable('function'))
    AND (getvariable('since') IS NULL OR started_at >= getvariable('since'))
    AND (getvariable('until') IS NULL OR started_at < getvariable('until'))
    AND (hash(account, region, function) >> 1)::BIGINT % getvariable('shares') = getvariable('share')
),
enough AS (
  SELECT account, region, function, deployment
  FROM counted
  GROUP BY ALL
  HAVING count(*) >= getvariable('least')
),
wanted AS (
  SELECT cold_start_id
  FROM counted
  SEMI JOIN enough USING (account, region, function, deployment)
)
SELECT
  cold_start_id,
  seq,
  coalesce(parent_seq, -1) AS parent_seq,
  (hash(name) >> 1)::BIGINT AS name_key,
  self_us,
  phase = 'invoke' AS invoke
FROM import_timing
SEMI JOIN wanted USING (cold_start_id)
WHERE tree = 0 AND NOT cached;
