-- When was the latest cold start? Its ISO week is the one reported unless another is asked for.
-- Parameters: none.
-- One row: the only one; latest is absent in an empty store.
SELECT max(started_at) AS latest
FROM cold_starts;
