package dev.frostline.page;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** Addresses of the CloudWatch console, which has one of its own in each partition of AWS. */
final class CloudWatch {
  private static final Pattern REGION = Pattern.compile("[a-z]{2,4}(-[a-z]+)+-[0-9]+");

  private CloudWatch() {}

  /** Where the events of a log stream are; empty where the Region is not known. */
  static String logStream(String region, String logGroup, String logStream) {
    if (!REGION.matcher(region).matches() || logGroup.isEmpty() || logStream.isEmpty()) {
      return "";
    }
    String console =
        region.startsWith("cn-")
            ? "console.amazonaws.cn"
            : region.startsWith("us-gov-")
                ? "console.amazonaws-us-gov.com"
                : "console.aws.amazon.com";
    return "https://"
        + region
        + "."
        + console
        + "/cloudwatch/home?region="
        + region
        + "#logsV2:log-groups/log-group/"
        + fragment(logGroup)
        + "/log-events/"
        + fragment(logStream);
  }

  /** The console takes a name encoded twice, with $ in place of the second percent sign. */
  private static String fragment(String name) {
    String once = URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    return URLEncoder.encode(once, StandardCharsets.UTF_8).replace("%", "$");
  }
}
