-- Forgets what was known of one function's cold starts: account, region, function.
DELETE FROM function_state WHERE account = ? AND region = ? AND function = ?
