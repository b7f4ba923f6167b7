-- Question: which packages cost the whole fleet most init time this week?
-- Parameters: since, until (TIMESTAMP, UTC: Monday of the week and of the next), usd, arm_usd (USD per GB-second on x86_64
-- and on arm64).
-- One row: one package (pandas for pandas.core.frame). total_s is the self time of its modules in cold starts a request
-- waited for: what it pulls in counts for itself, and the interpreter's own start-up, up to Python's site, for nobody. usd
-- is that time at the function's memory size. new_functions had data in the 28 days before, but not this package; is_new
-- means no function had it then.
WITH starts AS (
  SELECT
    cold_start_id,
    account || '/' || region || '/' || function AS function,
    started_at >= getvariable('since')::TIMESTAMP AS in_week,
    memory_mb / 1024.0
      * CASE WHEN architecture = 'arm64' THEN getvariable('arm_usd') ELSE getvariable('usd') END::DOUBLE AS usd_per_s
  FROM cold_starts
  WHERE started_at >= getvariable('since')::TIMESTAMP - INTERVAL 28 DAY
    AND started_at < getvariable('until')::TIMESTAMP
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
  SELECT
    function, in_week, kind, name,
    count(DISTINCT cold_start_id) AS cold_starts,
    sum(self_us) / 1e6 AS self_s,
    sum(self_us / 1e6 * usd_per_s) AS usd
  FROM starts
  JOIN import_timing USING (cold_start_id)
  LEFT JOIN interpreter USING (cold_start_id)
  WHERE tree = 0 AND phase = 'init' AND NOT cached
    AND seq > coalesce(site_seq, -1)
  GROUP BY function, in_week, kind, name
),
by_package AS (
  SELECT
    function, in_week, kind,
    CASE kind
      WHEN 'java class' THEN array_to_string(list_slice(string_split(name, '.'), 1, 3), '.')
      WHEN 'node module' THEN coalesce(nullif(regexp_extract(name, '.*node_modules/((?:@[^/]+/)?[^/]+)', 1), ''), name)
      WHEN 'ruby file' THEN split_part(name, '/', 1)
      WHEN 'dotnet assembly' THEN name
      ELSE split_part(name, '.', 1)
    END AS package,
    max(cold_starts) AS cold_starts,
    sum(self_s) AS self_s,
    sum(usd) AS usd
  FROM by_name
  GROUP BY ALL
),
known AS (
  SELECT DISTINCT function FROM starts WHERE NOT in_week
),
before AS (
  SELECT DISTINCT function, kind, package FROM by_package WHERE NOT in_week
)
SELECT
  this.package, this.kind,
  count(*) AS functions,
  sum(cold_starts)::BIGINT AS cold_starts,
  sum(self_s) AS total_s,
  coalesce(sum(usd), 0) AS usd,
  count(*) FILTER (known.function IS NOT NULL AND before.function IS NULL) AS new_functions,
  NOT exists(SELECT 1 FROM before WHERE before.package = this.package AND before.kind = this.kind)
    AND (SELECT count(*) FROM known) > 0 AS is_new
FROM by_package AS this
LEFT JOIN known ON known.function = this.function
LEFT JOIN before ON before.function = this.function AND before.kind = this.kind AND before.package = this.package
WHERE in_week
GROUP BY this.package, this.kind
ORDER BY total_s DESC, this.package, this.kind
LIMIT 15;
