-- Each function of the store 300 times more, so that judging them takes seconds.
INSERT INTO import_timing
SELECT t.* REPLACE (abs(hash(t.cold_start_id, copy) >> 2)::BIGINT AS cold_start_id) FROM import_timing t, range(300) x(copy);

INSERT INTO cold_start
SELECT s.* REPLACE (abs(hash(s.cold_start_id, copy) >> 2)::BIGINT AS cold_start_id, s.function || '-' || copy AS function)
FROM cold_start s, range(300) x(copy);
