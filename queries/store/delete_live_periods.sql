-- Forgets the live periods of one function: account, region, function.
DELETE FROM live_period WHERE account = ? AND region = ? AND function = ?
