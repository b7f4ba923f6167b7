-- Write a promise down under the next number.
-- ?  account, region, function, change, deployment, measured ms and both ends, scale, USD a month, who, when
INSERT INTO promise
SELECT coalesce(max(promise_id), 0) + 1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?
FROM promise;
