-- Findings of a function follow it to the account and Region that were learnt, unless that place has findings of its own.
-- $  account and Region learnt; account and Region before, function
UPDATE finding
SET account = $1, region = $2
WHERE account = $3 AND region = $4 AND function = $5
  AND NOT EXISTS (
    SELECT 1
    FROM finding AS there
    WHERE there.account = $1 AND there.region = $2 AND there.function = $5
  );
