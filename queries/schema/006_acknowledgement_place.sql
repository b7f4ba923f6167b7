-- An acknowledgement is about one function: its name alone may stand for several, in several accounts and Regions.

ALTER TABLE acknowledgement RENAME TO acknowledgement_by_name;
CREATE TABLE acknowledgement (
  account VARCHAR NOT NULL,
  region VARCHAR NOT NULL,
  function VARCHAR NOT NULL,
  before VARCHAR NOT NULL,
  after VARCHAR NOT NULL,
  reason VARCHAR NOT NULL,
  given_by VARCHAR NOT NULL,
  given_at TIMESTAMP NOT NULL,
  until DATE NOT NULL,
  PRIMARY KEY (account, region, function, before, after)
);
INSERT INTO acknowledgement
SELECT DISTINCT account, region, function, before, after, reason, given_by, given_at, until
FROM acknowledgement_by_name
JOIN cold_start USING (function);
DROP TABLE acknowledgement_by_name;
COMMENT ON TABLE acknowledgement IS 'One finding that was accepted: it is shown apart until that day, then returns';
COMMENT ON COLUMN acknowledgement.account IS 'AWS account id of the function';
COMMENT ON COLUMN acknowledgement.region IS 'AWS region of the function';
COMMENT ON COLUMN acknowledgement.function IS 'Function name';
COMMENT ON COLUMN acknowledgement.before IS 'Deployment before';
COMMENT ON COLUMN acknowledgement.after IS 'Deployment after';
COMMENT ON COLUMN acknowledgement.reason IS 'Why it is accepted, in words';
COMMENT ON COLUMN acknowledgement.given_by IS 'Who accepted it';
COMMENT ON COLUMN acknowledgement.given_at IS 'When it was accepted';
COMMENT ON COLUMN acknowledgement.until IS 'Last day (UTC) on which it holds';
