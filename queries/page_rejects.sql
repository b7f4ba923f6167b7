-- Why were lines rejected?
-- Parameters: none.
-- One row: one reason, with how many lines and sources it met and when last; the lines themselves are never kept.
SELECT reason, sum(lines)::BIGINT AS lines, count(DISTINCT ledger_id) AS sources, max(ingested_at) AS last_met
FROM ingest_reject
JOIN ingest_ledger USING (ledger_id)
GROUP BY reason
ORDER BY lines DESC, reason;
