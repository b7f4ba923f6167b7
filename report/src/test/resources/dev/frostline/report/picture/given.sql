-- A function with two deployments of three traced cold starts each, small enough to check by hand, and starts of 2 that
-- never count: failed, suspect, cut short.
CREATE TEMP TABLE given (id BIGINT, deployment VARCHAR, started_at TIMESTAMP, status VARCHAR, trust VARCHAR, completeness VARCHAR, init_ms DOUBLE);
INSERT INTO given VALUES
  (11, '1', '2026-10-01 08:00', 'success', 'ok', 'complete', 100),
  (12, '1', '2026-10-01 09:00', 'success', 'ok', 'complete', 110),
  (13, '1', '2026-10-01 10:00', 'success', 'ok', 'complete', 150),
  (21, '2', '2026-10-02 08:00', 'success', 'ok', 'complete', 160),
  (22, '2', '2026-10-02 09:00', 'success', 'ok', 'complete', 170),
  (23, '2', '2026-10-02 10:00', 'success', 'ok', 'complete', 200),
  (24, '2', '2026-10-02 11:00', 'error', 'ok', 'complete', 9000),
  (25, '2', '2026-10-02 12:00', 'success', 'suspect', 'complete', 9000),
  (26, '2', '2026-10-02 13:00', 'success', 'ok', 'cut', NULL);

INSERT INTO cold_start BY NAME
SELECT id AS cold_start_id, 1 AS stream_id, '123456789012' AS account, 'eu-west-1' AS region, 'orders' AS function, deployment AS version,
  deployment, '/aws/lambda/orders' AS log_group, 'stream' AS log_stream, id::INTEGER AS ordinal, started_at, 'python3.13' AS runtime,
  'arm64' AS architecture, 512 AS memory_mb, 'on-demand' AS init_kind, status, trust, 0 AS suspect_lines, completeness, init_ms,
  2.0 AS runtime_bootstrap_ms, init_ms - 10 AS imports_ms, init_ms - init_ms + 8.0 AS unattributed_ms, 5.0 AS first_invoke_ms, 3 AS import_count
FROM given;

-- 1: app imports json; old stands alone. 2: app imports pandas with numpy, json has moved below pandas; only start 21
-- imports rare. Self times in ms: n for the n-th start of a deployment on top of a base.
INSERT INTO import_timing
SELECT cold_start_id, seq, parent_seq, depth, 0, 'python module', name, 1000 * (self + (cold_start_id % 10)), 1000 * (cumulative + extra * (cold_start_id % 10)), 'init', false
FROM cold_start
JOIN (VALUES
  ('1', 0, 2, 1, 'json', 10, 10, 1),
  ('1', 1, NULL, 0, 'old', 20, 20, 1),
  ('1', 2, NULL, 0, 'app', 30, 40, 2),
  ('2', 0, 2, 2, 'numpy', 15, 15, 1),
  ('2', 1, 2, 2, 'json', 10, 10, 1),
  ('2', 2, 3, 1, 'pandas', 40, 65, 3),
  ('2', 3, NULL, 0, 'app', 30, 95, 4)
) AS timing (deployment, seq, parent_seq, depth, name, self, cumulative, extra) USING (deployment);
INSERT INTO import_timing VALUES (21, 4, NULL, 0, 0, 'python module', 'rare', 900000, 900000, 'init', false);
