-- Six functions without versions or traces, five cold starts a day for thirty days: five of them get 20 % slower on day 15.
INSERT INTO cold_start BY NAME
SELECT
  f * 1000 + d * 10 + n AS cold_start_id, 1 AS stream_id, '123456789012' AS account, 'eu-west-1' AS region, 'function-' || f AS function,
  '$LATEST' AS version, '$LATEST' AS deployment, '/g' AS log_group, 's' AS log_stream, 0 AS ordinal,
  TIMESTAMP '2026-01-01' + to_days(d::INT) + to_hours(n::INT) AS started_at, 'nodejs22' AS runtime, 512 AS memory_mb,
  'on-demand' AS init_kind, 'success' AS status, 'ok' AS trust, 0 AS suspect_lines, 'complete' AS completeness,
  200 * (0.98 + (hash(f, d, n) % 100) / 2500.0) * CASE WHEN d >= 15 AND f < 5 THEN 1.2 ELSE 1 END AS init_ms, 0 AS import_count
FROM range(6) a(f), range(30) b(d), range(5) c(n);
