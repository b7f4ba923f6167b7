-- Under which key is each import's name known to the judge?
-- Parameters: none. Made anew for each reading, since names come with every batch of logs.
-- One row: one import name. name_key is the first 63 bits of SHA-256 over it, as of the ids: every engine computes the same.
CREATE OR REPLACE TEMP TABLE import_name AS
SELECT
  name,
  (('0x' || sha256(name)[1:16])::UBIGINT & 9223372036854775807)::BIGINT AS name_key
FROM (SELECT DISTINCT name FROM import_timing) names;
