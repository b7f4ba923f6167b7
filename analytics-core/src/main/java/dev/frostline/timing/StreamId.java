package dev.frostline.timing;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One log stream: the log of one execution environment. It is the identity of everything that its
 * lines say, taken from the envelope and never from a line's text:
 *
 * <pre>
 * /aws/lambda/checkout-api      2026/09/19/[4]eb40970aab713f942525155a4926654e
 * any-custom-group              2023/11/06/checkout-api[$LATEST]13e304cba4b9446eb7ef082a00038990
 * /aws/lambda/us-east-1.viewer  2026/09/21/us-east-1.viewer[3]0c7d6f5e8a9b4c3d2e1f0a9b8c7d6e5f     Lambda@Edge
 * </pre>
 */
public record StreamId(String account, String region, String logGroup, String logStream)
    implements Comparable<StreamId> {
  /** Stands for an account or Region that nothing told. */
  public static final String UNKNOWN = "unknown";

  private static final String FUNCTION_GROUP = "/aws/lambda/";
  private static final Pattern STREAM =
      Pattern.compile(
          "(?:\\d{4}/\\d{2}/\\d{2}|trace)/(?<function>[^\\[\\]/]*)\\[(?<version>[^\\[\\]/]+)\\]\\[?\\w+\\]?");

  /** Lambda's names end in 32 random digits, those of files without names in their hash. */
  private static final Pattern ONE_OF_A_KIND =
      Pattern.compile(".*\\]\\[?[0-9a-f]{16,}\\W?(_\\d+)?");

  /** Lambda@Edge names the function's home Region first; no function's name holds a dot. */
  private static final Pattern HOME_REGION = Pattern.compile("[a-z]{2}(?:-[a-z]+)+-\\d\\.(?=.)");

  /** The stream that stands for a trace file, which has none: {@code trace/[version]key}. */
  public static StreamId ofTrace(
      String account, String region, String function, String version, String key) {
    return new StreamId(
        account, region, FUNCTION_GROUP + function, "trace/[" + version + "]" + key);
  }

  /** Function name of log group or stream name, or null where neither names one. */
  public @Nullable String function() {
    if (logGroup.startsWith(FUNCTION_GROUP) && logGroup.length() > FUNCTION_GROUP.length()) {
      return withoutRegion(logGroup.substring(FUNCTION_GROUP.length()));
    }
    String function = part("function");
    return function == null ? null : withoutRegion(function);
  }

  private static String withoutRegion(String name) {
    Matcher region = HOME_REGION.matcher(name);
    return region.lookingAt() ? name.substring(region.end()) : name;
  }

  /** Published version or {@code $LATEST}, from the stream name; null where it holds none. */
  public @Nullable String version() {
    return part("version");
  }

  /**
   * As a record's own, which would make dozens of classes when it is first asked for: in the ingest
   * function's cold start.
   */
  @Override
  public int hashCode() {
    return 31 * logStream.hashCode() + logGroup.hashCode();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof StreamId stream
        && logStream.equals(stream.logStream)
        && logGroup.equals(stream.logGroup)
        && region.equals(stream.region)
        && account.equals(stream.account);
  }

  /** Whether its name is that of no other stream, in any account and Region. */
  public boolean isOneOfAKind() {
    return ONE_OF_A_KIND.matcher(logStream).matches();
  }

  /** Whether nothing that is known of the account and Region of either speaks against the other. */
  public boolean agreesWith(StreamId other) {
    return agree(account, other.account) && agree(region, other.region);
  }

  private static boolean agree(String one, String other) {
    return one.equals(other) || one.equals(UNKNOWN) || other.equals(UNKNOWN);
  }

  /** The same stream, with what the other one knows and this one does not. */
  public StreamId completedBy(StreamId other) {
    return new StreamId(
        account.equals(UNKNOWN) ? other.account : account,
        region.equals(UNKNOWN) ? other.region : region,
        logGroup,
        logStream);
  }

  /** Whether it stands for a file that named no stream. */
  public boolean isTrace() {
    return logStream.startsWith("trace/");
  }

  /** Id of this stream in every store. */
  public long id() {
    return Sha256.id(account, region, logGroup, logStream);
  }

  private @Nullable String part(String group) {
    Matcher matcher = STREAM.matcher(logStream);
    if (!matcher.matches() || matcher.group(group).isEmpty()) {
      return null;
    }
    return matcher.group(group);
  }

  @Override
  public int compareTo(StreamId other) {
    int order = account.compareTo(other.account);
    order = order != 0 ? order : region.compareTo(other.region);
    order = order != 0 ? order : logGroup.compareTo(other.logGroup);
    return order != 0 ? order : logStream.compareTo(other.logStream);
  }
}
