-- An advice that was taken is held against the deployment that carries it.

CREATE TABLE promise (
  promise_id BIGINT NOT NULL PRIMARY KEY,
  account VARCHAR NOT NULL,
  region VARCHAR NOT NULL,
  function VARCHAR NOT NULL,
  change VARCHAR NOT NULL,
  deployment VARCHAR,
  measured_ms DOUBLE NOT NULL,
  measured_low_ms DOUBLE NOT NULL,
  measured_high_ms DOUBLE NOT NULL,
  scale DOUBLE NOT NULL,
  usd_per_month DOUBLE,
  given_by VARCHAR NOT NULL,
  given_at TIMESTAMP NOT NULL
);
COMMENT ON TABLE promise IS 'What a change to a function was measured to do before it was deployed';
COMMENT ON COLUMN promise.promise_id IS 'Number of the promise in this store';
COMMENT ON COLUMN promise.account IS 'AWS account id of the function';
COMMENT ON COLUMN promise.region IS 'AWS region of the function';
COMMENT ON COLUMN promise.function IS 'Function name';
COMMENT ON COLUMN promise.change IS 'The change in words: pandas deferred';
COMMENT ON COLUMN promise.deployment IS 'The deployment that carries it; NULL: the first one after given_at';
COMMENT ON COLUMN promise.measured_ms IS 'Change of init where it was tried, CPU ms';
COMMENT ON COLUMN promise.measured_low_ms IS 'Lower end of its 99 % interval';
COMMENT ON COLUMN promise.measured_high_ms IS 'Upper end of its 99 % interval';
COMMENT ON COLUMN promise.scale IS 'How many ms of the function''s init one of these is: its init behind the runtime''s own start over the same where it was tried; 1 where that is not known';
COMMENT ON COLUMN promise.usd_per_month IS 'What that is a month at the function''s rate then, list price; NULL where no memory size is known';
COMMENT ON COLUMN promise.given_by IS 'Who took the advice';
COMMENT ON COLUMN promise.given_at IS 'When it was taken';
