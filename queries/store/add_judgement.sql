-- Keeps the judgement of one function as it stands now; judged by these rules, as these bytes.
INSERT INTO judgement
SELECT account, region, function, fingerprint, ?, ?
FROM function_state
WHERE account = ? AND region = ? AND function = ?
