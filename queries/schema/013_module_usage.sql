-- Which modules ran code after init, in environments that were asked to look.

CREATE TABLE module_usage (
  cold_start_id BIGINT NOT NULL,
  requests INTEGER NOT NULL,
  names VARCHAR NOT NULL
);
COMMENT ON TABLE module_usage IS 'What an environment told of its modules by FROSTLINE usage lines: the latest that came whole';
COMMENT ON COLUMN module_usage.cold_start_id IS 'cold_start.cold_start_id';
COMMENT ON COLUMN module_usage.requests IS 'Requests that it had served by then';
COMMENT ON COLUMN module_usage.names IS 'Modules that had run code since init, between semicolons; those behind ! have no code that can be watched';
