package dev.frostline.account;

import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.client.builder.SdkSyncClientBuilder;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.retries.api.RetryStrategy;

/**
 * How to reach an account: credentials of the AWS default chain, one Region, and retries that slow
 * down to what the account's request quotas let through.
 *
 * @param region of all calls, e.g. eu-west-1
 * @param profile of the AWS configuration files, or null for the default chain
 * @param endpoint instead of AWS's own, or null
 * @param retries how refused calls are tried again
 */
public record Connection(
    String region, @Nullable String profile, @Nullable URI endpoint, RetryStrategy retries) {
  private static final int ATTEMPTS = 12;
  private static final Duration CALL_TIMEOUT = Duration.ofMinutes(3);

  /**
   * To AWS.
   *
   * @param region or null for the default chain's
   * @throws AccountException when no Region is known
   */
  public static Connection to(@Nullable String region, @Nullable String profile) {
    return new Connection(region(region, profile), profile, null, patient());
  }

  /**
   * Slows down by itself when AWS throttles, so that thousands of calls end, each after few tries.
   */
  private static RetryStrategy patient() {
    return AwsRetryStrategy.configure(
            DefaultRetryStrategy.adaptiveStrategyBuilder().maxAttempts(ATTEMPTS))
        .build();
  }

  private static String region(@Nullable String region, @Nullable String profile) {
    if (region != null) {
      return region;
    }
    try {
      return DefaultAwsRegionProviderChain.builder().profileName(profile).build().getRegion().id();
    } catch (SdkClientException e) {
      throw new AccountException("No AWS Region is set. Name one: --region eu-west-1");
    }
  }

  /** Gives a client all of this. */
  <C, B extends AwsClientBuilder<B, C> & SdkSyncClientBuilder<B, C>> C client(B builder) {
    builder
        .region(Region.of(region))
        .credentialsProvider(DefaultCredentialsProvider.builder().profileName(profile).build())
        .overrideConfiguration(
            ClientOverrideConfiguration.builder()
                .retryStrategy(retries)
                .apiCallTimeout(CALL_TIMEOUT)
                .build());
    if (endpoint != null) {
      builder.endpointOverride(endpoint);
    }
    return builder.build();
  }
}
