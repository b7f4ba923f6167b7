-- Strike a promise out.
-- ?  its number
DELETE FROM promise WHERE promise_id = ?;
