-- Note what a lake holds of a day.
-- ?  the lake, the day, the fingerprint of its rows (absent: it has none)
MERGE INTO lake_day
USING (SELECT ? AS lake, ?::DATE AS dt, ?::VARCHAR AS fingerprint) AS written
ON lake_day.lake = written.lake AND lake_day.dt = written.dt
WHEN MATCHED AND written.fingerprint IS NULL THEN DELETE
WHEN MATCHED THEN UPDATE SET fingerprint = written.fingerprint
WHEN NOT MATCHED THEN INSERT VALUES (written.lake, written.dt, written.fingerprint);
