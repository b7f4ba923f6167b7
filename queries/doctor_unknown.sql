-- Which sources were of no known form, for the most part, when they were taken in?
-- Parameters: since (TIMESTAMP, UTC: sources taken in before it are not looked at).
-- One row: one source with what it looks like and how many of its lines were refused for that.
SELECT source, reason, sum(lines)::BIGINT AS lines, max(ingested_at) AS last_seen
FROM ingest_reject
JOIN ingest_ledger USING (ledger_id)
WHERE reason LIKE 'no known form%' OR reason LIKE 'JSON of no known form%'
GROUP BY source, reason
HAVING getvariable('since') IS NULL OR max(ingested_at) >= getvariable('since')::TIMESTAMP
ORDER BY lines DESC, source, reason;
