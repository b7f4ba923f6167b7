-- What the ready queries say in one word on every engine: DuckDB has it from here, Trino and Athena from TrinoSql.

-- The most frequent value; of several the least.
CREATE OR REPLACE MACRO top_value(x) AS mode(x ORDER BY x);

-- The beginning of the so many minutes that a time lies in, counted from Monday, 2000-01-03.
CREATE OR REPLACE MACRO minute_bucket(minutes, moment) AS time_bucket(to_minutes(minutes), moment);

-- A time in ms as whole microseconds: their sum does not depend on the order in which an engine adds them up.
CREATE OR REPLACE MACRO micros(ms) AS CAST(round(1e3 * ms) AS BIGINT);

DELETE FROM live_period; -- both are written anew behind the newest step
DELETE FROM function_state;
