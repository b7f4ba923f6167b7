-- Which of these landing objects were taken in before?
-- ?  landing keys (VARCHAR[])
-- One row: the key of one landing object that the store knows.
SELECT landing_key
FROM landed_object
WHERE landing_key IN (SELECT unnest(?::VARCHAR[]));
