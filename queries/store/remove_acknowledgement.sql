-- Take an acknowledgement back.
-- ?  account, region, function, deployment before, deployment after
DELETE FROM acknowledgement
WHERE account = ? AND region = ? AND function = ? AND before = ? AND after = ?;
