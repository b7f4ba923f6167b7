-- What does a typical cold start of a deployment import, at which place of the import tree, and how long does it take?
-- function, deployment  which; account, region where a name stands for several functions
-- since, until          only cold starts of this time (UTC)
-- starts                the latest so many cold starts with import timings, 200 when not set
-- One row: one import at one place of the tree of the main interpreter, in init. Times are medians over all those cold
-- starts, in ms, with 0 where a start did not make the import there; parent_id is absent for a root.
-- Of the store alone: it walks down as many levels as there are, which Trino and Athena bound at ten.
WITH RECURSIVE traced AS (
  SELECT cold_start_id, init_kind, started_at
  FROM cold_start
  WHERE function = getvariable('function')
    AND deployment = getvariable('deployment')
    AND (getvariable('account') IS NULL OR account = getvariable('account'))
    AND (getvariable('region') IS NULL OR region = getvariable('region'))
    AND (getvariable('since') IS NULL OR started_at >= CAST(getvariable('since') AS TIMESTAMP))
    AND (getvariable('until') IS NULL OR started_at < CAST(getvariable('until') AS TIMESTAMP))
    AND status = 'success' AND trust = 'ok' AND completeness NOT IN ('cut', 'capped') AND import_count > 0
    AND init_kind NOT IN ('snapshot', 'failed')
),
typical AS (
  SELECT cold_start_id
  FROM traced
  WHERE init_kind = (SELECT mode(init_kind ORDER BY init_kind) FROM traced)
  ORDER BY started_at DESC, cold_start_id
  LIMIT coalesce(CAST(getvariable('starts') AS BIGINT), 200)
),
timing AS (
  SELECT cold_start_id, seq, parent_seq, kind, name, self_us, cumulative_us
  FROM import_timing
  JOIN typical USING (cold_start_id)
  WHERE tree = 0 AND phase = 'init' AND NOT cached
),
placed AS (
  SELECT cold_start_id, seq, 0 AS depth, NULL::BIGINT AS parent_id, (hash(kind, name) >> 1)::BIGINT AS node_id,
    kind, name, self_us, cumulative_us
  FROM timing
  WHERE parent_seq IS NULL
  UNION ALL
  SELECT timing.cold_start_id, timing.seq, placed.depth + 1, placed.node_id,
    (hash(placed.node_id, timing.kind, timing.name) >> 1)::BIGINT,
    timing.kind, timing.name, timing.self_us, timing.cumulative_us
  FROM placed
  JOIN timing ON timing.cold_start_id = placed.cold_start_id AND timing.parent_seq = placed.seq
),
per_start AS (
  SELECT node_id, any_value(parent_id) AS parent_id, any_value(depth) AS depth, any_value(kind) AS kind, any_value(name) AS name,
    min(seq) AS seq, sum(self_us) AS self_us, sum(cumulative_us) AS cumulative_us
  FROM placed
  GROUP BY cold_start_id, node_id
),
size AS (
  SELECT count(*) AS starts FROM typical
)
SELECT
  node_id,
  any_value(parent_id) AS parent_id,
  any_value(depth) AS depth,
  any_value(name) AS name,
  any_value(kind) AS kind,
  list_median(list_resize(list(self_us), any_value(starts), 0)) / 1000 AS self_ms,
  list_median(list_resize(list(cumulative_us), any_value(starts), 0)) / 1000 AS cumulative_ms,
  count(*) AS in_starts,
  any_value(starts) AS of_starts
FROM per_start, size
GROUP BY node_id
ORDER BY depth, min(seq), name;
