-- The relations of a store over the tables of a lake, for Trino and Athena alike: what the ready queries read. Where a view has
-- the day dt of its rows, a condition on it keeps other days from being read.
CREATE OR REPLACE VIEW ${schema}.cold_start AS
SELECT * FROM ${schema}.lake_cold_start;

CREATE OR REPLACE VIEW ${schema}.import_timing AS
SELECT cold_start_id, seq, parent_seq, depth, tree, kind, name, self_us, cumulative_us, phase, cached
FROM ${schema}.lake_import_timing;

CREATE OR REPLACE VIEW ${schema}.log_stream AS
SELECT * FROM ${schema}.lake_log_stream;

CREATE OR REPLACE VIEW ${schema}.live_period AS
SELECT * FROM ${schema}.lake_live_period;

CREATE OR REPLACE VIEW ${schema}.finding AS
SELECT * FROM ${schema}.lake_finding;

CREATE OR REPLACE VIEW ${schema}.cold_starts AS
SELECT *
FROM ${schema}.cold_start
WHERE init_kind <> 'snapshot';

-- Files are sorted by function, and day and function are joined, too: of a few functions or days, little else is read.
CREATE OR REPLACE VIEW ${schema}.imports AS
SELECT
  starts.account, starts.region, starts.function, starts.version, starts.deployment, starts.started_at, starts.runtime,
  starts.init_kind, timings.cold_start_id, timings.seq, timings.parent_seq, timings.depth, timings.tree, timings.kind,
  timings.name, timings.phase, timings.cached, timings.self_us / 1e3 AS self_ms, timings.cumulative_us / 1e3 AS cumulative_ms,
  timings.dt
FROM ${schema}.lake_import_timing AS timings
JOIN ${schema}.lake_cold_start AS starts
  ON starts.cold_start_id = timings.cold_start_id AND starts.dt = timings.dt AND starts.function = timings.function;

CREATE OR REPLACE VIEW ${schema}.deployments AS
SELECT
  account, region, function, deployment,
  min(started_at) AS first_seen,
  max(started_at) AS last_seen,
  count(*) AS cold_starts,
  count(*) FILTER (WHERE init_kind = 'on-demand' AND status = 'success' AND trust = 'ok' AND init_ms IS NOT NULL) AS comparable,
  arg_max(version, started_at) AS version,
  arg_max(runtime, started_at) AS runtime,
  arg_max(runtime_version, started_at) AS runtime_version,
  arg_max(architecture, started_at) AS architecture,
  arg_max(memory_mb, started_at) AS memory_mb,
  arg_max(layers, started_at) AS layers
FROM ${schema}.cold_starts
GROUP BY account, region, function, deployment;

CREATE OR REPLACE VIEW ${schema}.newest_deployment AS
SELECT account, region, function, deployment, began_at, last_at
FROM ${schema}.live_period
WHERE newest
UNION ALL
SELECT
  account, region, function, arg_max(deployment, last_seen), arg_max(first_seen, last_seen), max(last_seen)
FROM ${schema}.deployments
LEFT JOIN (SELECT DISTINCT account, region, function, true AS is_known FROM ${schema}.live_period) AS known
  USING (account, region, function)
WHERE is_known IS NULL
GROUP BY account, region, function;

CREATE OR REPLACE VIEW ${schema}.findings AS
SELECT * FROM ${schema}.finding;
