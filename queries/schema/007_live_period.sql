-- What served when: the periods of each deployment. Written anew for a function with each source that brings starts of it.

CREATE TABLE live_period (
  account VARCHAR NOT NULL,
  region VARCHAR NOT NULL,
  function VARCHAR NOT NULL,
  track VARCHAR NOT NULL,
  deployment VARCHAR NOT NULL,
  began_at TIMESTAMP NOT NULL,
  last_at TIMESTAMP NOT NULL,
  cold_starts BIGINT NOT NULL,
  main BOOLEAN NOT NULL,
  live BOOLEAN NOT NULL,
  newest BOOLEAN NOT NULL
);
COMMENT ON TABLE live_period IS 'A deployment from its first to its last cold start that counts, no other taking its place in between: a rollback begins another';
COMMENT ON COLUMN live_period.account IS 'AWS account id';
COMMENT ON COLUMN live_period.region IS 'AWS region';
COMMENT ON COLUMN live_period.function IS 'Function name';
COMMENT ON COLUMN live_period.track IS 'published, $LATEST or $LATEST.PUBLISHED: what is compared within itself';
COMMENT ON COLUMN live_period.deployment IS 'Identity of the code, as in cold_start';
COMMENT ON COLUMN live_period.began_at IS 'Its first cold start';
COMMENT ON COLUMN live_period.last_at IS 'Its latest cold start';
COMMENT ON COLUMN live_period.cold_starts IS 'Cold starts in it that count';
COMMENT ON COLUMN live_period.main IS 'Whether its track is the main one: most cold starts in the last 7 days of the function''s data';
COMMENT ON COLUMN live_period.live IS 'Whether it serves now: a cold start in these 7 days, and not replaced';
COMMENT ON COLUMN live_period.newest IS 'Whether it is the newest that serves on the main track: what is meant by the newest deployment';

CREATE VIEW newest_deployment AS
SELECT account, region, function, deployment, began_at, last_at
FROM live_period
WHERE newest
UNION ALL
SELECT account, region, function, arg_max(deployment, last_seen), arg_max(first_seen, last_seen), max(last_seen)
FROM deployments
ANTI JOIN live_period USING (account, region, function)
GROUP BY account, region, function;
COMMENT ON VIEW newest_deployment IS 'The newest live period of each function; where no start counts, the deployment seen last';
