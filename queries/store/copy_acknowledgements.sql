-- What was accepted of a function holds for it under the account and Region that were learnt, too.
-- ?  account and Region learnt; account and Region before, function
INSERT INTO acknowledgement
SELECT ?, ?, function, before, after, reason, given_by, given_at, until
FROM acknowledgement
WHERE account = ? AND region = ? AND function = ?
ON CONFLICT DO NOTHING;
