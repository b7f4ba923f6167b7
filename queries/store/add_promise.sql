-- Write a promise down.
-- ?  its number, 0 for the next one; account, region, function, change, deployment, measured ms and both ends, scale, USD a month, who, when
INSERT INTO promise
SELECT coalesce(nullif(?::BIGINT, 0), (SELECT coalesce(max(promise_id), 0) + 1 FROM promise)), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?;
