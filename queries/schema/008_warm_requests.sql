-- What a long-lived environment printed behind its cold start, kept apart: only new lines are read with a delivery.

CREATE TABLE warm_run (
  stream_id BIGINT NOT NULL,
  number INTEGER NOT NULL,
  first_at TIMESTAMP NOT NULL,
  last_at TIMESTAMP NOT NULL,
  lines INTEGER NOT NULL,
  invocations INTEGER NOT NULL,
  behind VARCHAR NOT NULL,
  events BLOB NOT NULL
);
COMMENT ON TABLE warm_run IS 'Lines of warm requests of one log stream that lie side by side: they make no cold start, and are read again only when an event of their time is delivered';
COMMENT ON COLUMN warm_run.stream_id IS 'log_stream.stream_id';
COMMENT ON COLUMN warm_run.number IS 'Which run of its stream';
COMMENT ON COLUMN warm_run.first_at IS 'Timestamp of its first line';
COMMENT ON COLUMN warm_run.last_at IS 'Timestamp of its last line';
COMMENT ON COLUMN warm_run.lines IS 'How many lines';
COMMENT ON COLUMN warm_run.invocations IS 'Requests that they end: REPORT lines or platform.report events';
COMMENT ON COLUMN warm_run.behind IS 'State of the stream before them: whether the START of the cold start was seen, and the request id of its REPORT';
COMMENT ON COLUMN warm_run.events IS 'The lines with their event ids and times, delta coded and deflated';

COMMENT ON COLUMN log_stream.events IS 'Event ids, times and platform lines but those in warm_run, delta coded and deflated; import timings are in import_timing';
