-- A fleet of seven functions around week 2026-W41 (5 to 11 October), small enough to check by hand.
-- Each row gives n cold starts a minute apart, on one log stream with ten invocations a start.
CREATE TEMP TABLE given (
  id BIGINT, function VARCHAR, deployment VARCHAR, begun TIMESTAMP, n INTEGER, init_kind VARCHAR, status VARCHAR, trust VARCHAR,
  completeness VARCHAR, init_ms DOUBLE, restore_ms DOUBLE, first_invoke_ms DOUBLE, billed_ms DOUBLE, architecture VARCHAR,
  memory_mb INTEGER, runtime_version VARCHAR, import_count INTEGER, last_event_at TIMESTAMP
);
INSERT INTO given VALUES
  (1, 'checkout-api', '1', '2026-09-29 08:00', 10, 'on-demand', 'success', 'ok', 'complete', 100, NULL, 20, 120, 'arm64', 1024, 'python:3.13.v40', 1, NULL),
  (2, 'checkout-api', '2', '2026-10-06 08:00', 4, 'on-demand', 'success', 'ok', 'complete', 200, NULL, 49.5, 250, 'arm64', 1024, 'python:3.13.v40', 6, NULL),
  (3, 'worker', '1', '2026-10-05 00:00', 2, 'on-demand', 'success', 'ok', 'complete', 300, NULL, NULL, NULL, NULL, 512, NULL, 1, NULL),
  (4, 'worker', '1', '2026-10-07 00:00', 1, 'failed', 'error', 'ok', 'complete', 9000, NULL, NULL, NULL, NULL, 512, NULL, 0, NULL),
  (5, 'worker', '1', '2026-10-07 01:00', 1, 'on-demand', 'success', 'suspect', 'complete', 1, NULL, NULL, NULL, NULL, 512, NULL, 0, NULL),
  (6, 'worker', '1', '2026-10-08 00:00', 1, 'on-demand', 'success', 'ok', 'cut', NULL, NULL, NULL, NULL, NULL, 512, NULL, 0, NULL),
  (7, 'worker', '1', '2026-10-08 02:00', 1, 'restore', 'success', 'ok', 'complete', NULL, 50, 10, 40, 'x86_64', 512, NULL, 0, NULL),
  (8, 'worker', '1', '2026-10-08 03:00', 1, 'provisioned', 'success', 'ok', 'complete', 400, NULL, NULL, NULL, NULL, 512, NULL, 0, NULL),
  (9, 'silent-one', '1', '2026-09-22 12:00', 1, 'on-demand', 'success', 'ok', 'complete', 80, NULL, NULL, NULL, 'x86_64', 128, NULL, 0, NULL),
  (10, 'new-one', '1', '2026-10-11 23:59:59', 1, 'on-demand', 'success', 'ok', 'complete', 60, NULL, NULL, NULL, 'x86_64', NULL, NULL, 0, NULL),
  (11, 'patched', '7', '2026-10-01 00:00', 2, 'on-demand', 'success', 'ok', 'complete', 100, NULL, NULL, NULL, 'x86_64', 256, 'python:3.13.v40', 0, NULL),
  (12, 'patched', '7', '2026-10-09 00:00', 2, 'on-demand', 'success', 'ok', 'complete', 110, NULL, NULL, NULL, 'x86_64', 256, 'python:3.13.v41', 0, NULL),
  (13, 'bursty', '1', '2026-10-02 00:00', 10, 'on-demand', 'success', 'ok', 'complete', 50, NULL, NULL, NULL, 'x86_64', 128, NULL, 0, NULL),
  (14, 'bursty', '1', '2026-10-10 00:00', 20, 'on-demand', 'success', 'ok', 'complete', 50, NULL, NULL, NULL, 'x86_64', 128, NULL, 0, NULL),
  (15, 'warm-one', '1', '2026-10-03 00:00', 1, 'on-demand', 'success', 'ok', 'complete', 70, NULL, NULL, NULL, 'x86_64', 128, NULL, 0, '2026-10-07 00:00'),
  (16, 'bursty', '1', '2026-10-12 00:00', 1, 'on-demand', 'success', 'ok', 'complete', 5000, NULL, NULL, NULL, 'x86_64', 128, NULL, 0, NULL),
  (17, 'worker', '1', '2026-10-05 06:00', 1, 'snapshot', 'success', 'ok', 'complete', 7000, NULL, NULL, NULL, NULL, 512, NULL, 0, NULL);

INSERT INTO log_stream
SELECT id, '123456789012', 'eu-west-1', '/aws/lambda/' || function, 'stream-' || id, begun, coalesce(last_event_at, begun + INTERVAL 1 HOUR),
  CASE WHEN init_kind = 'snapshot' THEN 0 ELSE 10 * n END, ''::BLOB, 0
FROM given;

INSERT INTO cold_start BY NAME
SELECT 100 * id + start AS cold_start_id, id AS stream_id, '123456789012' AS account, 'eu-west-1' AS region, function, deployment AS version,
  deployment, '/aws/lambda/' || function AS log_group, 'stream-' || id AS log_stream, start AS ordinal,
  begun + start * INTERVAL 1 MINUTE AS started_at, 'python3.13' AS runtime, runtime_version, architecture, memory_mb, init_kind, status,
  trust, 0 AS suspect_lines, completeness, init_ms, restore_ms, first_invoke_ms, billed_ms, import_count
FROM given, LATERAL (SELECT unnest(range(n)) AS start);

-- Before: checkout-api 1 imports numpy. Since 2: site, then pandas with pandas.core; numpy only after START, in a child
-- process, or from the cache. worker imports numpy.
INSERT INTO import_timing
SELECT cold_start_id, seq, NULL, 0, tree, 'python module', name, self_us, self_us, phase, cached
FROM cold_start
JOIN (VALUES
  (1, 0, 0, 'numpy', 10000, 'init', false),
  (2, 0, 0, 'site', 9000, 'init', false),
  (2, 1, 0, 'pandas.core', 20000, 'init', false),
  (2, 2, 0, 'pandas', 50000, 'init', false),
  (2, 3, 0, 'numpy', 40000, 'invoke', false),
  (2, 4, 1, 'numpy', 40000, 'init', false),
  (2, 5, 0, 'numpy', 40000, 'init', true),
  (3, 0, 0, 'numpy', 10000, 'init', false)
) AS timing (stream_id, seq, tree, name, self_us, phase, cached) USING (stream_id);

INSERT INTO ingest_ledger (ledger_id, source_kind, source, ingested_at, received, stored, already_stored, not_ours, rejected, cold_starts_new, import_timings) VALUES
  (1, 'file', 'a.gz', '2026-10-06 00:00', 100, 60, 20, 15, 5, 0, 0),
  (2, 'file', 'b.gz', '2026-10-12 00:00', 50, 40, 0, 8, 2, 0, 0);
INSERT INTO ingest_reject VALUES (1, 'negative duration', 5), (2, 'negative duration', 1), (2, 'name too long', 1);
