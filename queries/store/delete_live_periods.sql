-- Forget the live periods of functions.
-- ?  accounts, regions, functions (VARCHAR[])
DELETE FROM live_period
WHERE (account, region, function) IN (
  SELECT (unnest(?::VARCHAR[]), unnest(?::VARCHAR[]), unnest(?::VARCHAR[]))
);
