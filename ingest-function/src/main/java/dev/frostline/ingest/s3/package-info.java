/**
 * Creates objects in S3 without an SDK, whose start would cost more than the rest of the function.
 */
@NullMarked
package dev.frostline.ingest.s3;

import org.jspecify.annotations.NullMarked;
