package dev.frostline.report;

import java.time.LocalDate;

/**
 * What a GB-second costs. The prices are those of AWS's page "AWS Lambda Pricing" (Duration, first
 * tier); that init is billed like duration from 1 August 2025 on is the AWS Compute Blog's "AWS
 * Lambda standardizes billing for INIT Phase" of April 2025.
 *
 * @param region whose list it is
 * @param asOf the day whose prices these are
 * @param x86Usd USD per GB-second on x86_64, first tier
 * @param armUsd USD per GB-second on arm64, first tier
 */
public record PriceList(String region, LocalDate asOf, double x86Usd, double armUsd) {
  /** The public list price; free tier, later tiers, Savings Plans and agreements come on top. */
  public static final PriceList US_EAST_1 =
      new PriceList("us-east-1", LocalDate.of(2026, 11, 22), 0.0000166667, 0.0000133334);
}
