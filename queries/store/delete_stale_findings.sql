-- Forget the findings of functions that no cold start is left of, as when they were learnt to be of another place or name.
DELETE FROM finding
WHERE (account, region, function) NOT IN (SELECT (account, region, function) FROM function_state);
