-- Accept a finding, or change what was said about it.
-- ?  function, deployment before, deployment after, reason, who, when, last day
INSERT OR REPLACE INTO acknowledgement (function, before, after, reason, given_by, given_at, until)
VALUES (?, ?, ?, ?, ?, ?, ?);
