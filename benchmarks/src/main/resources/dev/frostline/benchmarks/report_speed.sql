-- Many functions out of a few real ones: each copy has its own share of the real cold starts, five copies have them all.
-- Parameters: functions (how many copies in all).
CREATE TEMP TABLE copied AS
WITH ranked AS (
  SELECT
    cold_start_id AS real_id, function AS real_function,
    row_number() OVER (PARTITION BY function, deployment ORDER BY cold_start_id) AS rank,
    dense_rank() OVER (ORDER BY function) - 1 AS position
  FROM cold_start
)
SELECT
  real_id,
  real_function || '-' || copy AS function,
  (hash(real_id, copy) >> 1)::BIGINT AS cold_start_id
FROM ranked, range(getvariable('functions')::BIGINT) copies(copy)
WHERE copy % (SELECT count(DISTINCT real_function) FROM ranked) = position
  AND rank % 5 = copy // (SELECT count(DISTINCT real_function) FROM ranked) % 5;

INSERT INTO log_stream BY NAME
SELECT log_stream.* REPLACE (copied.cold_start_id AS stream_id)
FROM copied
JOIN cold_start ON cold_start.cold_start_id = real_id
JOIN log_stream USING (stream_id);

INSERT INTO import_timing BY NAME
SELECT import_timing.* REPLACE (copied.cold_start_id AS cold_start_id)
FROM copied
JOIN import_timing ON import_timing.cold_start_id = real_id
ORDER BY copied.cold_start_id, seq;

CREATE TEMP TABLE real_stream AS SELECT DISTINCT stream_id FROM cold_start;
INSERT INTO cold_start BY NAME
SELECT cold_start.* REPLACE (
  copied.cold_start_id AS cold_start_id, copied.cold_start_id AS stream_id, copied.function AS function,
  '/aws/lambda/' || copied.function AS log_group)
FROM copied
JOIN cold_start ON cold_start.cold_start_id = real_id;
DELETE FROM import_timing WHERE cold_start_id IN (SELECT real_id FROM copied);
DELETE FROM cold_start WHERE stream_id IN (SELECT stream_id FROM real_stream);
DELETE FROM log_stream WHERE stream_id IN (SELECT stream_id FROM real_stream);
