-- Cold starts keep at most 20,000 import timings; what a function printed beyond them is counted.
ALTER TABLE cold_start ADD COLUMN imports_dropped INTEGER DEFAULT 0;
COMMENT ON COLUMN cold_start.imports_dropped IS 'Import lines beyond the 20,000 that a cold start keeps as rows of import_timing';
COMMENT ON COLUMN cold_start.completeness IS 'complete (start and end seen), cut (one end not seen), capped (more import lines than are kept: imports_dropped), or trace only (no platform line)';
COMMENT ON COLUMN import_timing.kind IS 'python module, java class, node module, dotnet assembly, ruby file, or garbage collection: a pause, at the place where it fell';

CREATE OR REPLACE VIEW cold_starts AS
SELECT *
FROM cold_start
WHERE init_kind <> 'snapshot';
COMMENT ON VIEW cold_starts IS 'Every cold start of every function; columns as in cold_start';
