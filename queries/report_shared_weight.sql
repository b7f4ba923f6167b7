-- Which packages cost the whole fleet most init time this week?
-- Parameters: since, until (TIMESTAMP, UTC: Monday of the week and of the next), usd, arm_usd (USD per GB-second on x86_64
-- and on arm64).
-- One row: one package (pandas for pandas.core.frame). total_s is the self time of its modules in cold starts a request
-- waited for: what it pulls in counts for itself, and the interpreter's own start-up, up to Python's site, for nobody. usd
-- is that time at the function's memory size. new_functions had data in the 28 days before, but not this package; is_new
-- means no function had it then.
WITH packages AS (
  SELECT
    kind, name,
    CASE kind
      WHEN 'java class' THEN regexp_extract(name, '^[^.]*(?:[.][^.]*){0,2}')
      WHEN 'node module' THEN coalesce(nullif(regexp_extract(name, '.*node_modules/((?:@[^/]+/)?[^/]+)', 1), ''), name)
      WHEN 'ruby file' THEN split_part(name, '/', 1)
      WHEN 'dotnet assembly' THEN name
      ELSE split_part(name, '.', 1)
    END AS package
  FROM (SELECT DISTINCT kind, name FROM import_timing)
),
starts AS (
  SELECT
    cold_start_id,
    min(cold_start_id) OVER (PARTITION BY account, region, function) AS function_key,
    started_at >= CAST(getvariable('since') AS TIMESTAMP) AS in_week,
    memory_mb / 1024e0
      * CAST(CASE WHEN architecture = 'arm64' THEN getvariable('arm_usd') ELSE getvariable('usd') END AS DOUBLE) AS usd_per_s
  FROM cold_starts
  WHERE started_at >= CAST(getvariable('since') AS TIMESTAMP) - INTERVAL '28' DAY
    AND started_at < CAST(getvariable('until') AS TIMESTAMP)
    AND init_kind IN ('on-demand', 'restore') AND status = 'success' AND trust = 'ok'
    AND import_count > 0
),
interpreter AS (
  SELECT cold_start_id, min(seq) AS site_seq
  FROM import_timing
  WHERE tree = 0 AND parent_seq IS NULL AND name = 'site'
  GROUP BY cold_start_id
),
by_name AS (
  SELECT kind, name, sum(self_us) / 1e6 AS self_s, sum(self_us / 1e6 * usd_per_s) AS usd
  FROM import_timing
  JOIN starts USING (cold_start_id)
  LEFT JOIN interpreter USING (cold_start_id)
  WHERE in_week AND tree = 0 AND phase = 'init' AND NOT cached
    AND seq > coalesce(site_seq, -1)
  GROUP BY kind, name
),
heaviest AS (
  SELECT kind, package, sum(self_s) AS total_s, coalesce(sum(usd), 0) AS usd
  FROM by_name
  JOIN packages USING (kind, name)
  GROUP BY kind, package
  ORDER BY total_s DESC, package, kind
  LIMIT 15
),
users AS (
  SELECT
    kind, package, function_key,
    count(DISTINCT cold_start_id) FILTER (WHERE in_week) AS cold_starts,
    bool_or(NOT in_week) AS had_it
  FROM import_timing
  JOIN packages USING (kind, name)
  JOIN heaviest USING (kind, package)
  JOIN starts USING (cold_start_id)
  LEFT JOIN interpreter USING (cold_start_id)
  WHERE tree = 0 AND phase = 'init' AND NOT cached
    AND seq > coalesce(site_seq, -1)
  GROUP BY kind, package, function_key
),
known AS (
  SELECT function_key, bool_or(NOT in_week) AS was_known
  FROM starts
  GROUP BY function_key
)
SELECT
  package, kind,
  count(*) FILTER (WHERE cold_starts > 0) AS functions,
  CAST(sum(cold_starts) AS BIGINT) AS cold_starts,
  total_s, usd,
  count(*) FILTER (WHERE was_known AND NOT had_it) AS new_functions,
  NOT bool_or(had_it) AND (SELECT bool_or(was_known) FROM known) AS is_new
FROM users
JOIN known USING (function_key)
JOIN heaviest USING (kind, package)
GROUP BY package, kind, total_s, usd
ORDER BY total_s DESC, package, kind;
