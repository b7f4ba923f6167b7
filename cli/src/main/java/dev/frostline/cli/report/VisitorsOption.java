package dev.frostline.cli.report;

import dev.frostline.cli.output.Failure;
import dev.frostline.page.visitor.Visitors;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Who may read the page: its starter, holders of tokens, or whom a load balancer signed in. */
final class VisitorsOption {
  private static final Pattern LOAD_BALANCER =
      Pattern.compile(
          "arn:aws[a-z-]*:elasticloadbalancing:([a-z0-9-]+):\\d{12}:loadbalancer/app/[^/]+/[0-9a-f]+");

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description =
          "Lets in those who have a token. Each line of the file is a name and a token's "
              + "SHA-256.")
  @Nullable Path tokens;

  @Option(
      names = "--alb-arn",
      paramLabel = "ARN",
      description = "Lets in those whom this Application Load Balancer has signed in with OIDC.")
  @Nullable String loadBalancer;

  @Option(
      names = "--issuer",
      paramLabel = "URL",
      description = "With --alb-arn: the issuer of its OIDC provider.")
  @Nullable String issuer;

  @Option(
      names = "--alb-keys",
      paramLabel = "URL",
      description =
          "With --alb-arn: where its public keys are (default: those of its Region; GovCloud "
              + "has others).")
  @Nullable URI keys;

  /** Whether others than who starts the page may read it. */
  boolean isForOthers() {
    return tokens != null || loadBalancer != null;
  }

  Visitors visitors() {
    if (tokens != null && loadBalancer != null) {
      throw new Failure(Failure.USAGE, "Choose one: --token-file or --alb-arn.");
    }
    if (loadBalancer == null && (issuer != null || keys != null)) {
      throw new Failure(Failure.USAGE, "--issuer and --alb-keys belong to --alb-arn ARN.");
    }
    return tokens != null
        ? named(tokens)
        : loadBalancer != null ? signedIn(loadBalancer) : Visitors.own();
  }

  private static Visitors named(Path file) {
    try {
      return Visitors.named(file);
    } catch (IllegalArgumentException e) {
      throw new Failure(Failure.USAGE, String.valueOf(e.getMessage()));
    } catch (IOException e) {
      throw new Failure(Failure.COULD_NOT, "Cannot read the tokens: " + e.getMessage());
    }
  }

  private Visitors signedIn(String arn) {
    Matcher parts = LOAD_BALANCER.matcher(arn);
    if (!parts.matches()) {
      throw new Failure(
          Failure.USAGE,
          "No Application Load Balancer: "
              + arn
              + ". Write arn:aws:elasticloadbalancing:REGION:ACCOUNT:loadbalancer/app/NAME/ID.");
    }
    if (issuer == null) {
      throw new Failure(
          Failure.USAGE,
          "Say whose sign-ins count: --issuer URL, as in the load balancer's authenticate-oidc"
              + " action.");
    }
    URI regions = URI.create("https://public-keys.auth.elb." + parts.group(1) + ".amazonaws.com/");
    return Visitors.signedIn(arn, issuer, keys == null ? regions : keys);
  }
}
