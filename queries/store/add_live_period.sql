-- Writes one live period of a function; times are microseconds since 1970 UTC.
INSERT INTO live_period
VALUES (?, ?, ?, ?, ?, make_timestamp(?::BIGINT), make_timestamp(?::BIGINT), ?, ?, ?, ?)
