-- The public surface for ad hoc SQL: cold_starts, imports, deployments. They change only forward.

CREATE VIEW cold_starts AS
SELECT *
FROM cold_start
WHERE init_kind <> 'snapshot';
COMMENT ON VIEW cold_starts IS 'Every cold start of every function; columns as in cold_start';

CREATE VIEW imports AS
SELECT
  cold_start.account, cold_start.region, cold_start.function, cold_start.version, cold_start.deployment,
  cold_start.started_at, cold_start.runtime, cold_start.init_kind,
  import_timing.cold_start_id, import_timing.seq, import_timing.parent_seq, import_timing.depth, import_timing.tree,
  import_timing.kind, import_timing.name, import_timing.phase, import_timing.cached,
  import_timing.self_us / 1000.0 AS self_ms,
  import_timing.cumulative_us / 1000.0 AS cumulative_ms
FROM import_timing
JOIN cold_start USING (cold_start_id);
COMMENT ON VIEW imports IS 'Every import timing with the cold start it belongs to';

CREATE VIEW deployments AS
SELECT
  account, region, function, deployment,
  min(started_at) AS first_seen,
  max(started_at) AS last_seen,
  count(*) AS cold_starts,
  count(*) FILTER (init_kind = 'on-demand' AND status = 'success' AND trust = 'ok' AND init_ms IS NOT NULL) AS comparable,
  arg_max(version, started_at) AS version,
  arg_max(runtime, started_at) AS runtime,
  arg_max(runtime_version, started_at) AS runtime_version,
  arg_max(architecture, started_at) AS architecture,
  arg_max(memory_mb, started_at) AS memory_mb,
  arg_max(layers, started_at) AS layers
FROM cold_start
WHERE init_kind <> 'snapshot'
GROUP BY account, region, function, deployment;
COMMENT ON VIEW deployments IS 'Each deployment of a function, with the configuration it was last seen with';
