-- Tables over a lake for Athena. Partition projection names the days, so that no crawler and no MSCK REPAIR is needed.
-- ${lake}  s3://BUCKET/PREFIX of the lake; ${since}: its first day. Views: views.sql.
CREATE DATABASE IF NOT EXISTS ${schema};

CREATE EXTERNAL TABLE IF NOT EXISTS ${schema}.lake_cold_start (
  `cold_start_id` bigint,
  `stream_id` bigint,
  `account` string,
  `region` string,
  `function` string,
  `version` string,
  `deployment` string,
  `log_group` string,
  `log_stream` string,
  `ordinal` int,
  `started_at` timestamp,
  `runtime` string,
  `runtime_version` string,
  `runtime_version_arn` string,
  `architecture` string,
  `memory_mb` int,
  `layers` string,
  `init_kind` string,
  `status` string,
  `error_type` string,
  `trust` string,
  `suspect_lines` int,
  `completeness` string,
  `init_ms` double,
  `restore_ms` double,
  `first_invoke_ms` double,
  `billed_ms` double,
  `runtime_bootstrap_ms` double,
  `imports_ms` double,
  `unattributed_ms` double,
  `import_count` int,
  `major_faults` int,
  `blocks_read` int,
  `voluntary_switches` int,
  `involuntary_switches` int,
  `user_cpu_us` bigint,
  `system_cpu_us` bigint,
  `gc_us` bigint,
  `gc_count` int,
  `imports_dropped` int,
  `imports_pruned` int
)
PARTITIONED BY (dt string)
STORED AS PARQUET
LOCATION '${lake}/cold_start/'
TBLPROPERTIES (
  'projection.enabled' = 'true',
  'projection.dt.type' = 'date',
  'projection.dt.format' = 'yyyy-MM-dd',
  'projection.dt.range' = '${since},NOW',
  'storage.location.template' = '${lake}/cold_start/dt=${dt}'
);

CREATE EXTERNAL TABLE IF NOT EXISTS ${schema}.lake_import_timing (
  `account` string,
  `region` string,
  `function` string,
  `version` string,
  `deployment` string,
  `cold_start_id` bigint,
  `seq` int,
  `parent_seq` int,
  `depth` int,
  `tree` smallint,
  `kind` string,
  `name` string,
  `self_us` bigint,
  `cumulative_us` bigint,
  `phase` string,
  `cached` boolean
)
PARTITIONED BY (dt string)
STORED AS PARQUET
LOCATION '${lake}/import_timing/'
TBLPROPERTIES (
  'projection.enabled' = 'true',
  'projection.dt.type' = 'date',
  'projection.dt.format' = 'yyyy-MM-dd',
  'projection.dt.range' = '${since},NOW',
  'storage.location.template' = '${lake}/import_timing/dt=${dt}'
);

CREATE EXTERNAL TABLE IF NOT EXISTS ${schema}.lake_log_stream (
  `stream_id` bigint,
  `account` string,
  `region` string,
  `log_group` string,
  `log_stream` string,
  `first_event_at` timestamp,
  `last_event_at` timestamp,
  `invocations` int,
  `fingerprint` bigint
)
PARTITIONED BY (dt string)
STORED AS PARQUET
LOCATION '${lake}/log_stream/'
TBLPROPERTIES (
  'projection.enabled' = 'true',
  'projection.dt.type' = 'date',
  'projection.dt.format' = 'yyyy-MM-dd',
  'projection.dt.range' = '${since},NOW',
  'storage.location.template' = '${lake}/log_stream/dt=${dt}'
);

CREATE EXTERNAL TABLE IF NOT EXISTS ${schema}.lake_live_period (
  `account` string,
  `region` string,
  `function` string,
  `track` string,
  `deployment` string,
  `began_at` timestamp,
  `last_at` timestamp,
  `main` boolean,
  `live` boolean,
  `newest` boolean
)
STORED AS PARQUET
LOCATION '${lake}/live_period/';

CREATE EXTERNAL TABLE IF NOT EXISTS ${schema}.lake_finding (
  `account` string,
  `region` string,
  `function` string,
  `track` string,
  `kind` string,
  `verdict` string,
  `before` string,
  `before_since` timestamp,
  `after` string,
  `after_since` timestamp,
  `change_ms` double,
  `change_low_ms` double,
  `change_high_ms` double,
  `change_pct` double,
  `host_ms` double,
  `p` double,
  `suspect` string,
  `suspect_ms` double,
  `state` string,
  `still_ms` double,
  `closed_by` string,
  `closed_at` timestamp,
  `found_at` timestamp
)
STORED AS PARQUET
LOCATION '${lake}/finding/';
