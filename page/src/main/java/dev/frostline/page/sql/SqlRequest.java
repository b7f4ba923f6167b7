package dev.frostline.page.sql;

import java.util.Map;

/**
 * One statement to run.
 *
 * @param store the DuckDB file it reads
 * @param parameters values that it reads by {@code getvariable('name')}
 */
public record SqlRequest(String store, String sql, Map<String, String> parameters) {}
