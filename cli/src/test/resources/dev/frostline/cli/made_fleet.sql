-- Five functions of 120 imports, ten cold starts a deployment; host speed varies by a fixed pattern.
-- steady 1 -> 2 changed nothing, heavy 1 -> 2 has an import 40 ms slower, few 2 has too few cold starts,
-- unnamed only ever ran as $LATEST and got 40 ms slower on 2026-01-09, sized 1 -> 2 has half the memory.
CREATE TEMP TABLE made AS
SELECT
  abs(hash(function, deployment, n) >> 2)::BIGINT AS id, function, deployment, n, started_at, slow_ms, memory_mb,
  0.8 + (hash(function, deployment, n) % 1000) / 2500.0 AS speed
FROM (
  SELECT function, deployment, n, first_day + to_hours((n * 9)::INT) AS started_at, slow_ms, memory_mb
  FROM (VALUES
    ('steady', '1', TIMESTAMP '2026-01-01', 0, 1024, 10), ('steady', '2', TIMESTAMP '2026-01-09', 0, 1024, 10),
    ('heavy', '1', TIMESTAMP '2026-01-01', 0, 1024, 10), ('heavy', '2', TIMESTAMP '2026-01-09', 40, 1024, 10),
    ('few', '1', TIMESTAMP '2026-01-01', 0, 1024, 10), ('few', '2', TIMESTAMP '2026-01-09', 0, 1024, 2),
    ('sized', '1', TIMESTAMP '2026-01-01', 0, 1024, 10), ('sized', '2', TIMESTAMP '2026-01-09', 0, 512, 10),
    ('unnamed', '$LATEST', TIMESTAMP '2026-01-01', 0, 1024, 20), ('unnamed', '$LATEST', TIMESTAMP '2026-01-09', 40, 1024, 20)
  ) fleet(function, deployment, first_day, slow_ms, memory_mb, starts), range(20) x(n)
  WHERE n < starts
);

INSERT INTO cold_start BY NAME
SELECT
  id + slow_ms AS cold_start_id, 1 AS stream_id, '123456789012' AS account, 'eu-west-1' AS region, function, deployment AS version, deployment,
  '/aws/lambda/' || function AS log_group, 's' AS log_stream, 0 AS ordinal, started_at, 'python3.13' AS runtime,
  'python:3.13.v1' AS runtime_version, 'x86_64' AS architecture, memory_mb, 'on-demand' AS init_kind, 'success' AS status,
  'ok' AS trust, 0 AS suspect_lines, 'complete' AS completeness, (300 + slow_ms) * speed AS init_ms, 120 AS import_count
FROM made;

INSERT INTO import_timing BY NAME
SELECT
  id + slow_ms AS cold_start_id, m AS seq, 0 AS depth, 0 AS tree, 'python module' AS kind,
  CASE WHEN m < 40 THEN 'asyncio.m' || m ELSE 'pkg' || (m // 20) || '.m' || m END AS name,
  ((500 + 37 * m + CASE WHEN m = 77 THEN 1000 * slow_ms ELSE 0 END) * speed * (0.97 + (hash(id, m) % 100) / 1700.0))::BIGINT
    AS self_us,
  0 AS cumulative_us, 'init' AS phase, FALSE AS cached
FROM made, range(120) x(m);

DROP TABLE made;
