package dev.frostline.cli.account;

import dev.frostline.account.Account;
import dev.frostline.account.Connection;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which AWS account and Region; credentials come from the AWS default chain alone. */
final class AccountOption {
  @Option(
      names = {"-r", "--region"},
      paramLabel = "REGION",
      description = "AWS Region (default: the AWS default chain's).")
  @Nullable String region;

  @Option(
      names = "--profile",
      paramLabel = "NAME",
      description = "Profile of the AWS configuration files.")
  @Nullable String profile;

  /** A saved plan knows its Region, unless the user insists on another. */
  void preferRegion(String planned) {
    if (region == null) {
      region = planned;
    }
  }

  Connection connection() {
    return Connection.to(region, profile);
  }

  Account open() {
    return new Account(connection());
  }
}
