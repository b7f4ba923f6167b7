package dev.frostline.report.picture;

import dev.frostline.report.Asset;
import dev.frostline.report.Page;
import dev.frostline.report.WeeklyReport.FunctionId;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Where the init time of one deployment goes: the runtime's own start, each package, and what no
 * import explains. All times are medians in ms over its cold starts with import timings.
 *
 * @param tree without roots where none of its cold starts was traced
 * @param packages what its imports belong to, the dearest by own time first
 */
public record DeploymentPicture(
    FunctionId function,
    String deployment,
    Phases phases,
    ImportTree tree,
    List<ImportPackages.PackageTime> packages,
    Distribution distribution) {
  private static final int PACKAGES_NAMED = 8;

  /**
   * One stretch of the bar.
   *
   * @param tone its class in {@code picture.css}
   * @param x where it begins, in percent of the bar
   * @param width in percent of the bar
   */
  public record Part(String name, String tone, double ms, double x, double width) {}

  /** Reads what belongs to a deployment; a stretch of {@code $LATEST} is one too. */
  public static DeploymentPicture read(Connection connection, FunctionId function, String name)
      throws SQLException {
    Selection selection = Selection.of(function, name, null);
    ImportTree tree = ImportTreeReader.read(connection, selection);
    return new DeploymentPicture(
        function,
        name,
        Phases.read(connection, selection),
        tree,
        ImportPackages.of(tree),
        Distribution.of("", new double[0], name, Distribution.read(connection, selection)));
  }

  /** Whether it has cold starts that count at all. */
  public boolean isThere() {
    return !distribution.sides().isEmpty();
  }

  /** Whether anything is known of its imports. */
  public boolean isTraced() {
    return !tree.roots().isEmpty();
  }

  /** Median Init Duration of all its cold starts that count. */
  public double medianMs() {
    return isThere() ? distribution.sides().get(0).medianMs() : Double.NaN;
  }

  /** Cold starts that count. */
  public int starts() {
    return isThere() ? distribution.sides().get(0).starts() : 0;
  }

  /** The bar, from its left end to its right one; medians need not add up to the median. */
  public List<Part> parts() {
    List<Part> parts = new ArrayList<>();
    double runtime = Double.isNaN(phases.bootstrapMs()) ? 0 : phases.bootstrapMs();
    double rest = Double.isNaN(phases.unattributedMs()) ? 0 : phases.unattributedMs();
    double imports = packages.stream().mapToDouble(ImportPackages.PackageTime::selfMs).sum();
    double all = runtime + imports + rest;
    if (all <= 0) {
      return parts;
    }
    double x = add(parts, "runtime's own start", "runtime", runtime, 0, all);
    double named = 0;
    for (ImportPackages.PackageTime one :
        packages.subList(0, Math.min(PACKAGES_NAMED, packages.size()))) {
      x = add(parts, one.name(), "plain-" + Icicle.hue(one.name()), one.selfMs(), x, all);
      named += one.selfMs();
    }
    x = add(parts, "other imports", "same", imports - named, x, all);
    add(parts, "outside imports", "none", rest, x, all);
    return parts;
  }

  private static double add(
      List<Part> parts, String name, String tone, double ms, double x, double all) {
    double width = Math.round(100_000 * ms / all) / 1000.0;
    if (width > 0) {
      parts.add(new Part(name, tone, ms, x, width));
    }
    return Math.round(1000 * (x + Math.max(0, width))) / 1000.0;
  }

  /** The same as one self-contained HTML page. */
  public String html() {
    return Page.html(
        "deployment.jte",
        Map.of("picture", this, "style", Asset.PICTURE_STYLE, "script", Asset.PICTURE_SCRIPT));
  }
}
