-- What was promised of a function is promised of it under the account and Region that were learnt.
-- ?  account and Region learnt; account and Region before, function
UPDATE promise SET account = ?, region = ?
WHERE account = ? AND region = ? AND function = ?;
