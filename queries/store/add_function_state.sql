-- Writes the fingerprint of one function; its newest cold start in microseconds since 1970 UTC.
INSERT INTO function_state
VALUES (?, ?, ?, make_timestamp(?::BIGINT), ?)
