-- Forget what was known of the cold starts of functions.
-- ?  accounts, regions, functions (VARCHAR[])
DELETE FROM function_state
WHERE (account, region, function) IN (
  SELECT (unnest(?::VARCHAR[]), unnest(?::VARCHAR[]), unnest(?::VARCHAR[]))
);
