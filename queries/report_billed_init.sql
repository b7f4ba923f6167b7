-- How much init time did AWS bill this week, by function?
-- Parameters: since, until (TIMESTAMP, UTC: Monday of the week and of the next), usd, arm_usd (USD per GB-second on x86_64
-- and on arm64).
-- One row: one function. Since 2025-08-01 Billed Duration includes init, so billed init = Billed Duration - Duration of the
-- first invocation, or Init Duration where REPORT does not give both; nothing before that day. Time in s, cost in USD =
-- GB-seconds x price; unknown architecture is priced as x86 (starts_priced_as_x86 says how many); starts without a memory
-- size have no cost (starts_without_memory). Restores are apart; provisioned starts are counted, never priced here.
WITH starts AS (
  SELECT
    account, region, function, init_kind, architecture, memory_mb,
    CASE
      WHEN billed_ms IS NOT NULL AND first_invoke_ms IS NOT NULL THEN greatest(billed_ms - first_invoke_ms, 0)
      WHEN init_kind = 'on-demand' THEN init_ms
    END / 1e3 AS billed_s,
    memory_mb / 1024e0 AS gb,
    CAST(CASE WHEN architecture = 'arm64' THEN getvariable('arm_usd') ELSE getvariable('usd') END AS DOUBLE) AS usd_per_gb_s
  FROM cold_starts
  WHERE started_at >= CAST(getvariable('since') AS TIMESTAMP)
    AND started_at < CAST(getvariable('until') AS TIMESTAMP)
    AND started_at >= TIMESTAMP '2025-08-01'
    AND trust = 'ok'
    AND init_kind IN ('on-demand', 'failed', 'restore', 'provisioned')
),
priced AS (
  SELECT *, init_kind IN ('on-demand', 'failed') AND billed_s IS NOT NULL AS is_init
  FROM starts
)
SELECT
  account, region, function,
  count(*) FILTER (WHERE is_init) AS cold_starts,
  coalesce(sum(billed_s) FILTER (WHERE is_init), 0) AS billed_s,
  coalesce(sum(billed_s * gb) FILTER (WHERE is_init), 0) AS gb_s,
  coalesce(sum(billed_s * gb * usd_per_gb_s) FILTER (WHERE is_init), 0) AS usd,
  coalesce(
    array_to_string(array_agg(DISTINCT architecture ORDER BY architecture) FILTER (WHERE architecture IS NOT NULL), ', '),
    '') AS architectures,
  count(*) FILTER (WHERE is_init AND architecture IS NULL) AS starts_priced_as_x86,
  count(*) FILTER (WHERE is_init AND memory_mb IS NULL) AS starts_without_memory,
  count(*) FILTER (WHERE init_kind = 'restore') AS restores,
  coalesce(sum(billed_s) FILTER (WHERE init_kind = 'restore'), 0) AS restore_s,
  coalesce(sum(billed_s * gb * usd_per_gb_s) FILTER (WHERE init_kind = 'restore'), 0) AS restore_usd,
  count(*) FILTER (WHERE init_kind = 'provisioned') AS provisioned
FROM priced
GROUP BY account, region, function
ORDER BY usd DESC, billed_s DESC, account, region, function;
