-- What was judged before, and does it still hold?
-- Parameters: account, region, function (name, or NULL for all), until_us (microseconds since 1970 UTC, or NULL for no bound), rules.
-- One row: one function. current: none of its cold starts has changed since, and none is beyond the bound.
SELECT
  judged,
  judgement.fingerprint = function_state.fingerprint
    AND (getvariable('until_us') IS NULL OR epoch_us(latest_at) < getvariable('until_us')) AS current
FROM judgement
JOIN function_state USING (account, region, function)
WHERE rules = getvariable('rules')
  AND (getvariable('account') IS NULL OR account = getvariable('account'))
  AND (getvariable('region') IS NULL OR region = getvariable('region'))
  AND (getvariable('function') IS NULL OR function = getvariable('function'))
ORDER BY account, region, function;
