-- Accept a finding, or change what was said about it.
-- ?  account, region, function, deployment before, deployment after, reason, who, when, last day
INSERT OR REPLACE INTO acknowledgement (account, region, function, before, after, reason, given_by, given_at, until)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?);
