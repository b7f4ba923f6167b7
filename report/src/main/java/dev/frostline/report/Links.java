package dev.frostline.report;

import dev.frostline.policy.Policy;
import dev.frostline.report.WeeklyReport.FoundChange;
import dev.frostline.report.WeeklyReport.FunctionId;
import dev.frostline.verdict.blame.Suspect;
import dev.frostline.verdict.history.Configuration;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where names lead: functions, comparisons and imports to the page that {@code frostline serve}
 * shows, deployments named by commits to their repository. A link is empty where nothing is there.
 *
 * @param page what stands before the page's paths: empty within the page itself, {@code
 *     https://frostline.example.com} outside; null where there is no page
 */
public record Links(@Nullable String page, Policy policy) {
  private static final String PLAIN =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~@$,:";
  private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{7,40}");

  /** What changed between two deployments of a function. */
  public String comparison(FunctionId function, String before, String after) {
    return to(path("f", function.account(), function.region(), function.name()))
        + (page == null
            ? ""
            : "/"
                + segment(before).replace("..", "%2E%2E")
                + ".."
                + segment(after).replace("..", "%2E%2E"));
  }

  /**
   * The same of a change of that week: where nothing names the code, later weeks may find it at
   * another minute, so the page is asked for what was known then.
   */
  public String comparison(FoundChange change, Week week) {
    String link = comparison(change.function(), change.before(), change.after());
    return link.isEmpty() || !change.after().startsWith("$LATEST@")
        ? link
        : link + "?until=" + week.nextMonday();
  }

  /** A function. */
  public String function(FunctionId function) {
    return to(path("f", function.account(), function.region(), function.name()));
  }

  /** An import across the fleet; empty for a kind that no import has. */
  public String imported(String kind, String name) {
    return kind.contains(" ") && !name.startsWith("(")
        ? to(path("i", kind.replaceFirst(" .*", ""), name))
        : "";
  }

  /** The same of what is to blame for a change. */
  public String imported(Suspect suspect, @Nullable Configuration configuration) {
    return imported(importKind(suspect, configuration), suspect.name());
  }

  /** A package of Python is a module too; of other suspects the kind says what they are. */
  static String importKind(Suspect suspect, @Nullable Configuration configuration) {
    String runtime = configuration == null ? null : configuration.runtime();
    boolean isPython = runtime != null && runtime.startsWith("python");
    return isPython && suspect.kind().equals("package") ? "python module" : suspect.kind();
  }

  /** The functions of a team. */
  public String owner(String team) {
    return to("/?owner=" + segment(team));
  }

  /** The report of a week. */
  public String week(Week week) {
    return to("/changes?week=" + week);
  }

  /**
   * What was committed between two deployments; the commit alone where only the one after is named
   * by one.
   */
  public String commits(String function, String before, String after) {
    String repo = policy.repoOf(function).replaceFirst("(\\.git)?/*$", "");
    if (repo.isEmpty() || !COMMIT.matcher(after).matches()) {
      return "";
    }
    String host = repo.split("/", -1)[2].toLowerCase(Locale.ROOT);
    boolean both = COMMIT.matcher(before).matches();
    if (host.contains("gitlab")) {
      return repo + (both ? "/-/compare/" + before + "..." + after : "/-/commit/" + after);
    }
    if (host.contains("bitbucket")) {
      return repo + (both ? "/branches/compare/" + after + ".." + before : "/commits/" + after);
    }
    return repo + (both ? "/compare/" + before + "..." + after : "/commit/" + after);
  }

  /** The same of a change. */
  public String commits(FoundChange change) {
    return commits(change.function().name(), change.before(), change.after());
  }

  private String to(String path) {
    return page == null ? "" : page + path;
  }

  /** A path of the page; its segments are names in any characters. */
  public static String path(String... segments) {
    StringBuilder path = new StringBuilder();
    for (String segment : segments) {
      path.append('/').append(segment(segment));
    }
    return path.isEmpty() ? "/" : path.toString();
  }

  /** A name as a path segment; an ending that would ask for a twin is hidden. */
  public static String segment(String name) {
    StringBuilder encoded = new StringBuilder();
    for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
      boolean plain = PLAIN.indexOf(b) >= 0;
      encoded.append(plain ? String.valueOf((char) b) : String.format("%%%02X", b));
    }
    return encoded.toString().replaceFirst("\\.(json|csv)$", "%2E$1");
  }
}
