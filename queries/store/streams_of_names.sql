-- Under which accounts and Regions does the store know log streams of these names?
-- ?  names of log streams (VARCHAR[])
-- One row: one known log stream.
SELECT account, region, log_group, log_stream
FROM log_stream
WHERE log_stream IN (SELECT unnest(?::VARCHAR[]))
ORDER BY ALL;
