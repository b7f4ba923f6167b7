-- Which import timings do the cold starts of a deployment, or one cold start, have? Written to a file.
-- Parameters: account, region, function, deployment; or cold_start_id; file; format (parquet or csv).
-- One row: one import timing of the main interpreter, in the order of the log; times in ms.
COPY (
  SELECT
    cold_start_id, started_at, account, region, function, deployment, runtime, init_kind,
    seq, parent_seq, depth, kind, name, phase, cached, self_ms::DOUBLE AS self_ms, cumulative_ms::DOUBLE AS cumulative_ms
  FROM imports
  WHERE tree = 0
    AND (cold_start_id = getvariable('cold_start_id')
      OR (account = getvariable('account') AND region = getvariable('region')
        AND function = getvariable('function') AND deployment = getvariable('deployment')))
  ORDER BY started_at, cold_start_id, seq
) TO (getvariable('file')) (FORMAT getvariable('format'));
