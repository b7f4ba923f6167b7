-- Forgets the judgement of one function: account, region, function.
DELETE FROM judgement WHERE account = ? AND region = ? AND function = ?
