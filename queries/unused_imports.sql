-- Which imports of a function's init ran no code afterwards?
-- function  the function
-- account   only of this account; of all when not set
-- region    only of this Region; of all when not set
-- One row: one import of the newest live deployment, with all below it in name (pandas: pandas.core, too); of Node.js a package of
-- node_modules with all of its files, or a file outside of them.
-- environments: those that told (FROSTLINE_USAGE=1); used_in: of them, where it ran code; used_at_most_pct: where it was none, the
-- share that runs code with a probability of 95 % at most; watchable: false where a part of it has no Python or JavaScript code, whose
-- use nobody sees. A class or a constant that is used runs no code: what ran none is a candidate, and what-if tells whether it can go.
-- Of the store alone: what environments tell of their modules is no part of a lake.
WITH told AS (
  SELECT
    start.account, start.region, start.function, start.cold_start_id, usage.requests, coalesce(start.runtime LIKE 'node%', FALSE) AS is_node,
    list_filter(string_split(usage.names, ';'), lambda name: name <> '') AS names
  FROM module_usage AS usage
  JOIN cold_starts AS start USING (cold_start_id)
  JOIN newest_deployment USING (account, region, function, deployment)
  WHERE function = getvariable('function')
    AND (getvariable('account') IS NULL OR account = getvariable('account'))
    AND (getvariable('region') IS NULL OR region = getvariable('region'))
    AND start.started_at BETWEEN began_at AND last_at
),
prefixes AS (
  SELECT
    told.cold_start_id,
    starts_with(name, '!') AS is_native,
    array_to_string(list_slice(string_split(ltrim(name, '!'), '.'), 1, depth), '.') AS module
  FROM told, unnest(told.names) AS one(name), generate_series(1, len(string_split(name, '.'))) AS levels(depth)
  WHERE NOT told.is_node
  UNION ALL
  SELECT
    told.cold_start_id,
    starts_with(name, '!') AS is_native,
    coalesce(nullif(regexp_extract(name, '^!?(.*node_modules/(?:@[^/]+/)?[^/]+)/', 1), ''), ltrim(name, '!')) AS module
  FROM told, unnest(told.names) AS one(name)
  WHERE told.is_node
),
used AS (
  SELECT cold_start_id, module, bool_or(NOT is_native) AS ran, bool_or(is_native) AS is_native
  FROM prefixes
  GROUP BY cold_start_id, module
),
loaded AS (
  SELECT
    told.account, told.region, told.function, told.cold_start_id,
    coalesce(nullif(regexp_extract(imported.name, '^(.*node_modules/(?:@[^/]+/)?[^/]+)/', 1), ''), imported.name) AS module,
    max(imported.cumulative_us) / 1000 AS cumulative_ms
  FROM told
  JOIN import_timing AS imported USING (cold_start_id)
  WHERE imported.phase = 'init' AND imported.tree = 0 AND imported.kind IN ('python module', 'node module') AND NOT imported.cached
  GROUP BY ALL
)
SELECT
  module,
  round(median(cumulative_ms), 3) AS at_most_ms,
  count(*) AS environments,
  count(*) FILTER (coalesce(ran, FALSE)) AS used_in,
  CASE WHEN count(*) FILTER (coalesce(ran, FALSE)) = 0 THEN round(100 * (1 - pow(0.05, 1.0 / count(*))), 2) END AS used_at_most_pct,
  NOT bool_or(coalesce(is_native, FALSE)) AS watchable,
  account,
  region
FROM loaded
LEFT JOIN used USING (cold_start_id, module)
GROUP BY account, region, module
ORDER BY used_in, at_most_ms DESC, module, account, region
LIMIT 200;
