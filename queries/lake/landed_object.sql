-- Write which landing objects of one day were taken in as Parquet.
-- ?  the day (UTC) in their keys; 1970-01-01 for those whose keys name none, the file
COPY (
  SELECT landing_key, ledger_id
  FROM landed_object
  WHERE coalesce(try_cast(replace(regexp_extract(landing_key, '\d{4}[-/]\d\d[-/]\d\d'), '/', '-') AS DATE), DATE '1970-01-01') = ?::DATE
  ORDER BY landing_key
) TO ? (FORMAT parquet, COMPRESSION zstd);
