-- Writes one finding; times in microseconds since 1970 UTC.
INSERT INTO finding
VALUES (
  ?, ?, ?, ?, ?, ?, ?, make_timestamp(?::BIGINT), ?, make_timestamp(?::BIGINT), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,
  make_timestamp(?::BIGINT), make_timestamp(?::BIGINT))
