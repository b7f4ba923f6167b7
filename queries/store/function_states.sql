-- As which state is each function known?
-- One row: one function with the fingerprint of its cold starts.
SELECT account, region, function, fingerprint
FROM function_state
ORDER BY ALL;
