-- A store of made-up cold starts on hosts of different speed, in which every deployment repeats the one before; of one function in
-- twenty an import takes 30 ms more from the middle deployment on.
-- Parameters: functions, deployments (of each function), starts (of each deployment), modules (of each start); first: the number of the
-- first function, 0 when not set.
INSERT INTO cold_start BY NAME
SELECT
  f * 1000000 + d * 1000 + n AS cold_start_id, 1 AS stream_id, '1' AS account, 'r' AS region, 'fn' || f AS function,
  d::VARCHAR AS version, d::VARCHAR AS deployment, '/g' AS log_group, 's' AS log_stream, 0 AS ordinal,
  TIMESTAMP '2026-01-01' + to_days((d * 4)::INT) + to_minutes((n * 200)::INT) AS started_at, 'python3.11' AS runtime,
  'python:3.11.v1' AS runtime_version, 'x86_64' AS architecture, 1769 AS memory_mb, 'on-demand' AS init_kind,
  'success' AS status, 'ok' AS trust, 0 AS suspect_lines, 'complete' AS completeness,
  300 + (hash(f, d, n) % 100) / 2.0 + CASE WHEN f % 20 = 7 AND d * 2 >= getvariable('deployments')::BIGINT THEN 30 ELSE 0 END AS init_ms, getvariable('modules')::INT AS import_count
FROM
  range(coalesce(getvariable('first'), 0)::BIGINT, coalesce(getvariable('first'), 0)::BIGINT + getvariable('functions')::BIGINT) a(f),
  range(getvariable('deployments')::BIGINT) b(d),
  range(getvariable('starts')::BIGINT) c(n);

INSERT INTO import_timing BY NAME
SELECT
  cold_start_id, m AS seq, CASE WHEN m % 5 = 4 THEN NULL ELSE m // 5 * 5 + 4 END AS parent_seq,
  CASE WHEN m % 5 = 4 THEN 0 ELSE 1 END AS depth, 0 AS tree, 'python module' AS kind,
  CASE WHEN m < modules / 5 THEN 'asyncio.m' || m ELSE 'pkg' || m // 20 || '.mod' || m || '_' || hash(function) % 7 END AS name,
  (20 + hash(m) % 2000 * (0.7 + hash(cold_start_id, m) % 1000 / 10000.0) * (0.8 + hash(cold_start_id) % 1000 / 2500.0))::BIGINT
    + CASE WHEN m = modules - 1 AND f % 20 = 7 AND d * 2 >= getvariable('deployments')::BIGINT THEN 30000 ELSE 0 END AS self_us,
  100 AS cumulative_us, 'init' AS phase, FALSE AS cached
FROM
  (
    SELECT cold_start_id, function, import_count AS modules, cold_start_id // 1000000 AS f, cold_start_id // 1000 % 1000 AS d
    FROM cold_start
  ) starts,
  range(getvariable('modules')::BIGINT) x(m)
ORDER BY cold_start_id, m;

INSERT INTO function_state
SELECT account, region, function, max(started_at), 1
FROM cold_start
GROUP BY account, region, function;
