-- Of the days that retention has thinned out, cold starts stay, and a sample of them keeps its import timings.

ALTER TABLE cold_start ADD COLUMN imports_pruned INTEGER DEFAULT 0;
COMMENT ON COLUMN cold_start.imports_pruned IS 'Import timings that retention took away; import_count counts those that are left';
COMMENT ON COLUMN cold_start.import_count IS 'Rows of import_timing';
COMMENT ON COLUMN log_stream.events IS 'Event ids, times and platform lines but those in warm_run, delta coded and deflated; import timings are in import_timing. Empty where retention took them: no event of the stream is taken in again';

CREATE OR REPLACE VIEW cold_starts AS
SELECT *
FROM cold_start
WHERE init_kind <> 'snapshot';
COMMENT ON VIEW cold_starts IS 'Every cold start of every function; columns as in cold_start';

DELETE FROM live_period; -- both are written anew behind this step
DELETE FROM function_state;
