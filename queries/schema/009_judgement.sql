-- What was judged is kept under everything it was judged from, so that nothing is judged twice and findings can be asked for by SQL.

ALTER TABLE log_stream ADD COLUMN fingerprint BIGINT;
UPDATE log_stream SET fingerprint = ('0x' || sha256(events)[1:16])::UBIGINT & 9223372036854775807;
COMMENT ON COLUMN log_stream.fingerprint IS 'First 63 bits of SHA-256 over events';

CREATE TABLE function_state (
  account VARCHAR NOT NULL,
  region VARCHAR NOT NULL,
  function VARCHAR NOT NULL,
  latest_at TIMESTAMP NOT NULL,
  fingerprint BIGINT NOT NULL
);
COMMENT ON TABLE function_state IS 'Whether anything of a function has changed: written anew with each source that brings cold starts of it';
COMMENT ON COLUMN function_state.account IS 'AWS account id';
COMMENT ON COLUMN function_state.region IS 'AWS region';
COMMENT ON COLUMN function_state.function IS 'Function name';
COMMENT ON COLUMN function_state.latest_at IS 'Its newest cold start that counts';
COMMENT ON COLUMN function_state.fingerprint IS 'A number over all its cold starts that count and the events they were assembled from';

CREATE TABLE judgement (
  account VARCHAR NOT NULL,
  region VARCHAR NOT NULL,
  function VARCHAR NOT NULL,
  fingerprint BIGINT NOT NULL,
  rules VARCHAR NOT NULL,
  judged BLOB NOT NULL
);
COMMENT ON TABLE judgement IS 'All comparisons of a function, as judged last';
COMMENT ON COLUMN judgement.account IS 'AWS account id';
COMMENT ON COLUMN judgement.region IS 'AWS region';
COMMENT ON COLUMN judgement.function IS 'Function name';
COMMENT ON COLUMN judgement.fingerprint IS 'function_state.fingerprint at that time: another one now means that it is judged anew';
COMMENT ON COLUMN judgement.rules IS 'Checksum of the rules that judged: under other rules it counts as never judged';
COMMENT ON COLUMN judgement.judged IS 'The comparisons, readable by these rules';

CREATE TABLE finding (
  account VARCHAR NOT NULL,
  region VARCHAR NOT NULL,
  function VARCHAR NOT NULL,
  track VARCHAR NOT NULL,
  kind VARCHAR NOT NULL,
  verdict VARCHAR NOT NULL,
  before VARCHAR NOT NULL,
  before_since TIMESTAMP NOT NULL,
  after VARCHAR NOT NULL,
  after_since TIMESTAMP NOT NULL,
  change_ms DOUBLE,
  change_low_ms DOUBLE,
  change_high_ms DOUBLE,
  change_pct DOUBLE,
  host_ms DOUBLE,
  p DOUBLE,
  suspect VARCHAR,
  suspect_ms DOUBLE,
  state VARCHAR,
  still_ms DOUBLE,
  closed_by VARCHAR,
  closed_at TIMESTAMP,
  found_at TIMESTAMP NOT NULL
);
COMMENT ON TABLE finding IS 'What changed, as judged last: one row per comparison of two periods that has a finding';
COMMENT ON COLUMN finding.account IS 'AWS account id';
COMMENT ON COLUMN finding.region IS 'AWS region';
COMMENT ON COLUMN finding.function IS 'Function name';
COMMENT ON COLUMN finding.track IS 'published, $LATEST or $LATEST.PUBLISHED';
COMMENT ON COLUMN finding.kind IS 'deployment, patch (of the runtime), shift (in time) or drift (over several deployments)';
COMMENT ON COLUMN finding.verdict IS 'slower, faster, moved, configuration, platform, mixed or broad';
COMMENT ON COLUMN finding.before IS 'Deployment before';
COMMENT ON COLUMN finding.before_since IS 'Since when it served';
COMMENT ON COLUMN finding.after IS 'Deployment after';
COMMENT ON COLUMN finding.after_since IS 'Since when it served: the age of the finding';
COMMENT ON COLUMN finding.change_ms IS 'Change of the code''s init time, host speed removed where import timings allow';
COMMENT ON COLUMN finding.change_low_ms IS 'Lower end of its 99 % interval';
COMMENT ON COLUMN finding.change_high_ms IS 'Upper end of its 99 % interval';
COMMENT ON COLUMN finding.change_pct IS 'The change in % of the side before';
COMMENT ON COLUMN finding.host_ms IS 'What hosts or platform changed beside it';
COMMENT ON COLUMN finding.p IS 'Two-sided p value of no change';
COMMENT ON COLUMN finding.suspect IS 'The import, package or phase that is to blame first; NULL where none is';
COMMENT ON COLUMN finding.suspect_ms IS 'What it changed, with all it newly pulls in';
COMMENT ON COLUMN finding.state IS 'What became of a slowdown: open, taken_back or rolled_back';
COMMENT ON COLUMN finding.still_ms IS 'What of a slowdown was there in the last period that was measured';
COMMENT ON COLUMN finding.closed_by IS 'The deployment that ended it';
COMMENT ON COLUMN finding.closed_at IS 'Since when that one serves';
COMMENT ON COLUMN finding.found_at IS 'When this store first knew it';

CREATE VIEW findings AS
SELECT *
FROM finding;
COMMENT ON VIEW findings IS 'What changed, which import did it, and what became of it; columns as in finding';

DELETE FROM live_period; -- written anew behind this step
