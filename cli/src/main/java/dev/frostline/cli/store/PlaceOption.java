package dev.frostline.cli.store;

import dev.frostline.cli.output.Failure;
import dev.frostline.lake.Place;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import software.amazon.awssdk.core.exception.SdkException;

/** How to reach buckets; credentials and region come from where AWS's own tools take them. */
public final class PlaceOption {
  @Option(
      names = "--endpoint-url",
      paramLabel = "URL",
      description = "S3-compatible server to use instead of AWS's.")
  @Nullable String endpoint;

  public Place open(String name) {
    try {
      return Place.at(name, endpoint);
    } catch (IllegalArgumentException e) {
      throw new Failure(Failure.USAGE, String.valueOf(e.getMessage()));
    } catch (SdkException e) {
      String why = String.valueOf(e.getMessage());
      throw new Failure(
          Failure.COULD_NOT,
          why.startsWith("Unable to load region")
              ? "No AWS Region is set. Name one: export AWS_REGION=eu-west-1"
              : "Cannot reach " + name + ": " + why);
    }
  }
}
