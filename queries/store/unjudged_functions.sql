-- How many functions have changed since they were judged by these rules?
SELECT count(*)
FROM function_state
ANTI JOIN (SELECT * FROM judgement WHERE rules = ?) known USING (account, region, function, fingerprint)
