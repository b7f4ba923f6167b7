/** The DuckDB store: cold starts, import timings and the ingest ledger. */
@NullMarked
package dev.frostline.store;

import org.jspecify.annotations.NullMarked;
