-- Tables over a lake for Trino's Hive connector. Partition projection names the days, so that nobody has to sync partitions: the
-- catalog needs hive.partition-projection-enabled=true and hive.ignore-absent-partitions=true.
-- ${lake}  s3://BUCKET/PREFIX of the lake, as the catalog's file system names it; ${since}: its first day. Views: views.sql.
CREATE SCHEMA IF NOT EXISTS ${schema};

CREATE TABLE IF NOT EXISTS ${schema}.lake_cold_start (
  cold_start_id bigint,
  stream_id bigint,
  account varchar,
  region varchar,
  function varchar,
  version varchar,
  deployment varchar,
  log_group varchar,
  log_stream varchar,
  ordinal integer,
  started_at timestamp(3),
  runtime varchar,
  runtime_version varchar,
  runtime_version_arn varchar,
  architecture varchar,
  memory_mb integer,
  layers varchar,
  init_kind varchar,
  status varchar,
  error_type varchar,
  trust varchar,
  suspect_lines integer,
  completeness varchar,
  init_ms double,
  restore_ms double,
  first_invoke_ms double,
  billed_ms double,
  runtime_bootstrap_ms double,
  imports_ms double,
  unattributed_ms double,
  import_count integer,
  major_faults integer,
  blocks_read integer,
  voluntary_switches integer,
  involuntary_switches integer,
  user_cpu_us bigint,
  system_cpu_us bigint,
  gc_us bigint,
  gc_count integer,
  imports_dropped integer,
  imports_pruned integer,
  dt varchar WITH (
    partition_projection_type = 'date',
    partition_projection_format = 'yyyy-MM-dd',
    partition_projection_range = ARRAY['${since}', 'NOW']
  )
)
WITH (
  format = 'PARQUET',
  external_location = '${lake}/cold_start',
  partitioned_by = ARRAY['dt'],
  partition_projection_enabled = true
);

CREATE TABLE IF NOT EXISTS ${schema}.lake_import_timing (
  account varchar,
  region varchar,
  function varchar,
  version varchar,
  deployment varchar,
  cold_start_id bigint,
  seq integer,
  parent_seq integer,
  depth integer,
  tree smallint,
  kind varchar,
  name varchar,
  self_us bigint,
  cumulative_us bigint,
  phase varchar,
  cached boolean,
  dt varchar WITH (
    partition_projection_type = 'date',
    partition_projection_format = 'yyyy-MM-dd',
    partition_projection_range = ARRAY['${since}', 'NOW']
  )
)
WITH (
  format = 'PARQUET',
  external_location = '${lake}/import_timing',
  partitioned_by = ARRAY['dt'],
  partition_projection_enabled = true
);

CREATE TABLE IF NOT EXISTS ${schema}.lake_log_stream (
  stream_id bigint,
  account varchar,
  region varchar,
  log_group varchar,
  log_stream varchar,
  first_event_at timestamp(3),
  last_event_at timestamp(3),
  invocations integer,
  fingerprint bigint,
  dt varchar WITH (
    partition_projection_type = 'date',
    partition_projection_format = 'yyyy-MM-dd',
    partition_projection_range = ARRAY['${since}', 'NOW']
  )
)
WITH (
  format = 'PARQUET',
  external_location = '${lake}/log_stream',
  partitioned_by = ARRAY['dt'],
  partition_projection_enabled = true
);

CREATE TABLE IF NOT EXISTS ${schema}.lake_live_period (
  account varchar,
  region varchar,
  function varchar,
  track varchar,
  deployment varchar,
  began_at timestamp(3),
  last_at timestamp(3),
  main boolean,
  live boolean,
  newest boolean
)
WITH (
  format = 'PARQUET',
  external_location = '${lake}/live_period'
);

CREATE TABLE IF NOT EXISTS ${schema}.lake_finding (
  account varchar,
  region varchar,
  function varchar,
  track varchar,
  kind varchar,
  verdict varchar,
  before varchar,
  before_since timestamp(3),
  after varchar,
  after_since timestamp(3),
  change_ms double,
  change_low_ms double,
  change_high_ms double,
  change_pct double,
  host_ms double,
  p double,
  suspect varchar,
  suspect_ms double,
  state varchar,
  still_ms double,
  closed_by varchar,
  closed_at timestamp(3),
  found_at timestamp(3)
)
WITH (
  format = 'PARQUET',
  external_location = '${lake}/finding'
);
