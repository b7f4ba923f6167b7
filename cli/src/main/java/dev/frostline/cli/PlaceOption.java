package dev.frostline.cli;

import dev.frostline.lake.Place;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How to reach buckets; credentials and region come from where AWS's own tools take them. */
final class PlaceOption {
  @Option(
      names = "--endpoint-url",
      paramLabel = "URL",
      description = "S3-compatible server to use instead of AWS's.")
  @Nullable String endpoint;

  Place open(String name) {
    try {
      return Place.at(name, endpoint);
    } catch (IllegalArgumentException e) {
      throw new Failure(Failure.USAGE, String.valueOf(e.getMessage()));
    } catch (software.amazon.awssdk.core.exception.SdkException e) {
      throw new Failure(Failure.COULD_NOT, "Cannot reach " + name + ": " + e.getMessage());
    }
  }
}
