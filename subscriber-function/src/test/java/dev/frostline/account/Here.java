package dev.frostline.account;

import dev.frostline.servers.aws.ControlPlane;
import java.time.Duration;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.retries.api.BackoffStrategy;

/** The real clients on the control plane of this machine, trying refused calls again at once. */
public final class Here {
  private static final int ATTEMPTS = 12;

  private Here() {}

  public static Account account(ControlPlane aws) {
    return account(aws, ControlPlane.REGION);
  }

  public static Account account(ControlPlane aws, String region) {
    return new Account(connection(aws, region));
  }

  public static Connection connection(ControlPlane aws, String region) {
    BackoffStrategy soon = BackoffStrategy.fixedDelay(Duration.ofMillis(1));
    return new Connection(
        region,
        null,
        aws.endpoint(),
        AwsRetryStrategy.configure(
                DefaultRetryStrategy.standardStrategyBuilder()
                    .maxAttempts(ATTEMPTS)
                    .circuitBreakerEnabled(false)
                    .backoffStrategy(soon)
                    .throttlingBackoffStrategy(soon))
            .build());
  }
}
