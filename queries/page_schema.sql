-- What can be asked in SQL?
-- Parameters: none.
-- One row: one column of a table or view of the store, views first.
SELECT
  columns.table_name,
  columns.column_name,
  columns.data_type,
  coalesce(columns.comment, described.comment, '') AS meaning
FROM duckdb_columns() AS columns
LEFT JOIN duckdb_columns() AS described
  ON columns.table_name = 'cold_starts' AND described.table_name = 'cold_start'
  AND described.column_name = columns.column_name
WHERE columns.schema_name = 'main' AND NOT columns.internal AND columns.table_name <> 'schema_step'
ORDER BY columns.table_name NOT IN ('cold_starts', 'imports', 'deployments'), columns.table_name, columns.column_index;
