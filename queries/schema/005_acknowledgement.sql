-- Findings that somebody has accepted until a day.

CREATE TABLE acknowledgement (
  function VARCHAR NOT NULL,
  before VARCHAR NOT NULL,
  after VARCHAR NOT NULL,
  reason VARCHAR NOT NULL,
  given_by VARCHAR NOT NULL,
  given_at TIMESTAMP NOT NULL,
  until DATE NOT NULL,
  PRIMARY KEY (function, before, after)
);
COMMENT ON TABLE acknowledgement IS 'One finding that was accepted: it is shown apart until that day, then returns';
COMMENT ON COLUMN acknowledgement.function IS 'Function name, in any account and region';
COMMENT ON COLUMN acknowledgement.before IS 'Deployment before';
COMMENT ON COLUMN acknowledgement.after IS 'Deployment after';
COMMENT ON COLUMN acknowledgement.reason IS 'Why it is accepted, in words';
COMMENT ON COLUMN acknowledgement.given_by IS 'Who accepted it';
COMMENT ON COLUMN acknowledgement.given_at IS 'When it was accepted';
COMMENT ON COLUMN acknowledgement.until IS 'Last day (UTC) on which it holds';
