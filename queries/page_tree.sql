-- Which imports do two deployments make, and what does each cost on either side?
-- account, region, function  which function
-- before, after  its two deployments
-- One row: one import by its name and the import that pulled it in; medians in ms over the cold starts that made it, absent
-- where a side never did. Rows below 0.1 ms on both sides are left out.
WITH rows AS (
  SELECT
    imports.deployment = getvariable('after') AS is_after,
    imports.name,
    coalesce(above.name, '') AS parent,
    imports.self_ms,
    imports.cumulative_ms
  FROM imports
  JOIN cold_start USING (cold_start_id)
  LEFT JOIN import_timing AS above
    ON above.cold_start_id = imports.cold_start_id AND above.seq = imports.parent_seq
  WHERE imports.account = getvariable('account') AND imports.region = getvariable('region')
    AND imports.function = getvariable('function')
    AND imports.deployment IN (getvariable('before'), getvariable('after'))
    AND imports.init_kind = 'on-demand' AND status = 'success' AND trust = 'ok'
    AND imports.phase = 'init' AND imports.tree = 0 AND NOT imports.cached
),
medians AS (
  SELECT
    name,
    parent,
    quantile_cont(self_ms, 0.5) FILTER (NOT is_after) AS self_before_ms,
    quantile_cont(self_ms, 0.5) FILTER (is_after) AS self_after_ms,
    quantile_cont(cumulative_ms, 0.5) FILTER (NOT is_after) AS cumulative_before_ms,
    quantile_cont(cumulative_ms, 0.5) FILTER (is_after) AS cumulative_after_ms
  FROM rows
  GROUP BY name, parent
)
SELECT
  name,
  parent,
  self_before_ms,
  self_after_ms,
  cumulative_before_ms,
  cumulative_after_ms,
  coalesce(cumulative_after_ms, 0) - coalesce(cumulative_before_ms, 0) AS change_ms
FROM medians
WHERE greatest(coalesce(cumulative_before_ms, 0), coalesce(cumulative_after_ms, 0)) >= 0.1
ORDER BY abs(change_ms) DESC, name, parent
LIMIT 500;
