-- The tables of a Frostline store. Times are UTC, microsecond timestamps; a duration carries its unit in its name.
-- Only ids, times, names and numbers are kept: no table has a column for log text.

COMMENT ON TABLE schema_step IS 'The files of queries/schema that were applied to this store';
COMMENT ON COLUMN schema_step.name IS 'Name of the file without .sql';

CREATE TABLE log_stream (
  stream_id BIGINT NOT NULL,
  account VARCHAR NOT NULL,
  region VARCHAR NOT NULL,
  log_group VARCHAR NOT NULL,
  log_stream VARCHAR NOT NULL,
  first_event_at TIMESTAMP NOT NULL,
  last_event_at TIMESTAMP NOT NULL,
  invocations INTEGER NOT NULL,
  events BLOB NOT NULL
);
COMMENT ON TABLE log_stream IS 'One row per log stream that held timing lines: which events it gave, so that a later delivery adds only what is new';
COMMENT ON COLUMN log_stream.stream_id IS 'First 63 bits of SHA-256 over account, region, log group and log stream';
COMMENT ON COLUMN log_stream.account IS 'AWS account id: "owner" of the subscription batch';
COMMENT ON COLUMN log_stream.region IS 'AWS region of the log group';
COMMENT ON COLUMN log_stream.log_group IS 'Log group name, e.g. /aws/lambda/checkout-api';
COMMENT ON COLUMN log_stream.log_stream IS 'Log stream name, e.g. 2026/09/19/[4]eb40970aab713f942525155a4926654e';
COMMENT ON COLUMN log_stream.first_event_at IS 'Timestamp of the earliest timing line';
COMMENT ON COLUMN log_stream.last_event_at IS 'Timestamp of the latest timing line';
COMMENT ON COLUMN log_stream.invocations IS 'Requests seen on this stream: REPORT lines or platform.report events';
COMMENT ON COLUMN log_stream.events IS 'Event ids, times and platform lines, delta coded and deflated; import timings are in import_timing';

CREATE TABLE cold_start (
  cold_start_id BIGINT NOT NULL,
  stream_id BIGINT NOT NULL,
  account VARCHAR NOT NULL,
  region VARCHAR NOT NULL,
  function VARCHAR NOT NULL,
  version VARCHAR NOT NULL,
  deployment VARCHAR NOT NULL,
  log_group VARCHAR NOT NULL,
  log_stream VARCHAR NOT NULL,
  ordinal INTEGER NOT NULL,
  started_at TIMESTAMP NOT NULL,
  runtime VARCHAR,
  runtime_version VARCHAR,
  runtime_version_arn VARCHAR,
  architecture VARCHAR,
  memory_mb INTEGER,
  layers VARCHAR,
  init_kind VARCHAR NOT NULL,
  status VARCHAR NOT NULL,
  error_type VARCHAR,
  trust VARCHAR NOT NULL,
  suspect_lines INTEGER NOT NULL,
  completeness VARCHAR NOT NULL,
  init_ms DOUBLE,
  restore_ms DOUBLE,
  first_invoke_ms DOUBLE,
  billed_ms DOUBLE,
  runtime_bootstrap_ms DOUBLE,
  imports_ms DOUBLE,
  unattributed_ms DOUBLE,
  import_count INTEGER NOT NULL,
  major_faults INTEGER,
  blocks_read INTEGER,
  voluntary_switches INTEGER,
  involuntary_switches INTEGER,
  user_cpu_us BIGINT,
  system_cpu_us BIGINT,
  gc_us BIGINT,
  gc_count INTEGER
);
COMMENT ON TABLE cold_start IS 'One init of one execution environment';
COMMENT ON COLUMN cold_start.cold_start_id IS 'First 63 bits of SHA-256 over the log stream''s identity and ordinal: the same start has the same id in every store';
COMMENT ON COLUMN cold_start.stream_id IS 'log_stream.stream_id it was assembled from';
COMMENT ON COLUMN cold_start.account IS 'AWS account id';
COMMENT ON COLUMN cold_start.region IS 'AWS region';
COMMENT ON COLUMN cold_start.function IS 'Function name, from log group or stream name';
COMMENT ON COLUMN cold_start.version IS 'Published version ("42") or "$LATEST", from the stream name';
COMMENT ON COLUMN cold_start.deployment IS 'Identity of the code: published version, else FROSTLINE_DEPLOYMENT, else the code fingerprint of the capture lines, else "$LATEST"';
COMMENT ON COLUMN cold_start.log_group IS 'Log group name';
COMMENT ON COLUMN cold_start.log_stream IS 'Log stream name';
COMMENT ON COLUMN cold_start.ordinal IS 'Which init of its stream, from 0';
COMMENT ON COLUMN cold_start.started_at IS 'Timestamp of INIT_START or RESTORE_START, else of the first line of this init';
COMMENT ON COLUMN cold_start.runtime IS 'Runtime as the Lambda API spells it: python3.13, java21, nodejs22, dotnet8';
COMMENT ON COLUMN cold_start.runtime_version IS 'Runtime Version of INIT_START, e.g. python:3.13.v43: AWS''s own patch level';
COMMENT ON COLUMN cold_start.runtime_version_arn IS 'Runtime Version ARN of INIT_START';
COMMENT ON COLUMN cold_start.architecture IS 'x86_64 or arm64, from the capture''s begin line';
COMMENT ON COLUMN cold_start.memory_mb IS 'Memory Size of REPORT in MB';
COMMENT ON COLUMN cold_start.layers IS 'Layers of the capture''s begin line, where it names them';
COMMENT ON COLUMN cold_start.init_kind IS 'on-demand, provisioned, restore, managed, re-init, snapshot or failed; a snapshot is taken at publish time and is no cold start';
COMMENT ON COLUMN cold_start.status IS 'success, error, failure or timeout of the init';
COMMENT ON COLUMN cold_start.error_type IS 'Error Type of INIT_REPORT or REPORT, e.g. Runtime.ImportModuleError';
COMMENT ON COLUMN cold_start.trust IS 'ok, or suspect: its lines contradict each other, as forged ones do; suspect starts are never averaged';
COMMENT ON COLUMN cold_start.suspect_lines IS 'Lines of this start that contradict others';
COMMENT ON COLUMN cold_start.completeness IS 'complete (start and end seen), cut (one end not seen), or trace only (no platform line)';
COMMENT ON COLUMN cold_start.init_ms IS 'Init Duration in ms; absent when the platform did not report one';
COMMENT ON COLUMN cold_start.restore_ms IS 'Restore Duration in ms (SnapStart)';
COMMENT ON COLUMN cold_start.first_invoke_ms IS 'Duration of the first invocation in ms';
COMMENT ON COLUMN cold_start.billed_ms IS 'Billed Duration of the first invocation in ms; includes init since 2025-08-01';
COMMENT ON COLUMN cold_start.runtime_bootstrap_ms IS 'Self time of the interpreter''s and runtime client''s own imports, in ms';
COMMENT ON COLUMN cold_start.imports_ms IS 'Self time of the function''s own init-phase imports, in ms';
COMMENT ON COLUMN cold_start.unattributed_ms IS 'init_ms - runtime_bootstrap_ms - imports_ms: never hidden, negative when threads overlapped';
COMMENT ON COLUMN cold_start.import_count IS 'Rows of import_timing';
COMMENT ON COLUMN cold_start.major_faults IS 'Major page faults at the end of init (majflt of the end line)';
COMMENT ON COLUMN cold_start.blocks_read IS 'Blocks read at the end of init (inblock)';
COMMENT ON COLUMN cold_start.voluntary_switches IS 'Voluntary context switches at the end of init (nvcsw)';
COMMENT ON COLUMN cold_start.involuntary_switches IS 'Involuntary context switches at the end of init (nivcsw)';
COMMENT ON COLUMN cold_start.user_cpu_us IS 'User CPU time at the end of init in microseconds (utime_us)';
COMMENT ON COLUMN cold_start.system_cpu_us IS 'System CPU time at the end of init in microseconds (stime_us)';
COMMENT ON COLUMN cold_start.gc_us IS 'Garbage-collection pauses during init in microseconds (gc_us)';
COMMENT ON COLUMN cold_start.gc_count IS 'Number of those pauses (gc_n)';

CREATE TABLE import_timing (
  cold_start_id BIGINT NOT NULL,
  seq INTEGER NOT NULL,
  parent_seq INTEGER,
  depth INTEGER NOT NULL,
  tree SMALLINT NOT NULL,
  kind VARCHAR NOT NULL,
  name VARCHAR NOT NULL,
  self_us BIGINT NOT NULL,
  cumulative_us BIGINT NOT NULL,
  phase VARCHAR NOT NULL,
  cached BOOLEAN NOT NULL
);
COMMENT ON TABLE import_timing IS 'One import, class, module or assembly of one cold start: one timing line';
COMMENT ON COLUMN import_timing.cold_start_id IS 'cold_start.cold_start_id';
COMMENT ON COLUMN import_timing.seq IS 'Order within the cold start, from 0: children come before their parent';
COMMENT ON COLUMN import_timing.parent_seq IS 'seq of the import that pulled this one in; absent for a root';
COMMENT ON COLUMN import_timing.depth IS 'Indentation level of the line, from 0';
COMMENT ON COLUMN import_timing.tree IS 'Which interpreter of the stream printed it, from 0; trees of child processes overlap in time and are never summed';
COMMENT ON COLUMN import_timing.kind IS 'python module, java class, node module, dotnet assembly or ruby file';
COMMENT ON COLUMN import_timing.name IS 'Fully qualified name';
COMMENT ON COLUMN import_timing.self_us IS 'Time of this import alone in microseconds; negative when threads imported at the same time';
COMMENT ON COLUMN import_timing.cumulative_us IS 'Time with everything it pulled in, in microseconds';
COMMENT ON COLUMN import_timing.phase IS 'init, or invoke for imports after START';
COMMENT ON COLUMN import_timing.cached IS 'True for a "cached" row of -X importtime=2: already loaded, no time';

CREATE SEQUENCE ledger_id;
CREATE TABLE ingest_ledger (
  ledger_id BIGINT NOT NULL DEFAULT nextval('ledger_id'),
  source_kind VARCHAR NOT NULL,
  source VARCHAR NOT NULL,
  ingested_at TIMESTAMP NOT NULL,
  received BIGINT NOT NULL,
  stored BIGINT NOT NULL,
  already_stored BIGINT NOT NULL,
  not_ours BIGINT NOT NULL,
  rejected BIGINT NOT NULL,
  cold_starts_new BIGINT NOT NULL,
  import_timings BIGINT NOT NULL
);
COMMENT ON TABLE ingest_ledger IS 'One row per file or group of landing objects taken in, in the same transaction as its rows: received = stored + already_stored + not_ours + rejected';
COMMENT ON COLUMN ingest_ledger.ledger_id IS 'Running number';
COMMENT ON COLUMN ingest_ledger.source_kind IS 'file or landing';
COMMENT ON COLUMN ingest_ledger.source IS 'Path as given';
COMMENT ON COLUMN ingest_ledger.ingested_at IS 'When it was committed';
COMMENT ON COLUMN ingest_ledger.received IS 'Log events read';
COMMENT ON COLUMN ingest_ledger.stored IS 'Log events that were new timing lines';
COMMENT ON COLUMN ingest_ledger.already_stored IS 'Timing lines that an earlier source had brought';
COMMENT ON COLUMN ingest_ledger.not_ours IS 'Application lines and platform lines that say nothing about cold starts';
COMMENT ON COLUMN ingest_ledger.rejected IS 'Broken lines, by reason in ingest_reject';
COMMENT ON COLUMN ingest_ledger.cold_starts_new IS 'Cold starts that were not in the store before';
COMMENT ON COLUMN ingest_ledger.import_timings IS 'Rows added to import_timing less rows replaced';

CREATE TABLE ingest_reject (
  ledger_id BIGINT NOT NULL,
  reason VARCHAR NOT NULL,
  lines BIGINT NOT NULL
);
COMMENT ON TABLE ingest_reject IS 'Why lines of a source were rejected; never their text';
COMMENT ON COLUMN ingest_reject.ledger_id IS 'ingest_ledger.ledger_id';
COMMENT ON COLUMN ingest_reject.reason IS 'The reason in words';
COMMENT ON COLUMN ingest_reject.lines IS 'How many lines';

CREATE TABLE landed_object (
  landing_key VARCHAR NOT NULL,
  ledger_id BIGINT NOT NULL
);
COMMENT ON TABLE landed_object IS 'Landing objects that were taken in, in the same transaction as their rows: none is taken twice';
COMMENT ON COLUMN landed_object.landing_key IS 'Key of the object, derived from its content';
COMMENT ON COLUMN landed_object.ledger_id IS 'ingest_ledger.ledger_id';
