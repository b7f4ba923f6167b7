-- What the lakes that this store feeds hold.
CREATE TABLE lake_day (
  lake VARCHAR NOT NULL,
  dt DATE NOT NULL,
  fingerprint VARCHAR NOT NULL
);
COMMENT ON TABLE lake_day IS 'What was last written to a lake of one day';
COMMENT ON COLUMN lake_day.lake IS 'Folder or bucket and prefix of the lake';
COMMENT ON COLUMN lake_day.dt IS 'Day of cold_start.started_at, UTC';
COMMENT ON COLUMN lake_day.fingerprint IS 'MD5 over the day''s cold starts and the events they were assembled from';
