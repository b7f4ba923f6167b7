package dev.frostline.cli.comparison;

import dev.frostline.cli.output.Columns;
import dev.frostline.cli.output.JsonOutput;
import dev.frostline.cli.output.SafeText;
import dev.frostline.cli.store.StoreOption;
import dev.frostline.report.Figure;
import dev.frostline.report.picture.DeploymentPicture;
import dev.frostline.report.picture.DeploymentPicture.Part;
import dev.frostline.report.picture.ImportPackages;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where the init time of one deployment goes, on a terminal of 80 columns and as JSON. */
final class DeploymentText {
  private static final int PACKAGES_SHOWN = 12;
  private static final int BAR = 24;
  private static final int NAME = 30;
  private static final int IMPORTER = 20;

  private final DeploymentPicture picture;
  private final StoreOption store;
  private final List<String> where;

  /**
   * @param store where the printed commands are to look
   * @param where options that the printed commands need to find the function again
   */
  DeploymentText(DeploymentPicture picture, StoreOption store, List<String> where) {
    this.picture = picture;
    this.store = store;
    this.where = where;
  }

  void print(PrintWriter out) {
    out.printf(
        "%s  %s   %s%n",
        SafeText.of(picture.function().name()),
        SafeText.of(picture.deployment()),
        SafeText.of(picture.phases().configuration()));
    out.printf(
        "init median  %s   n = %d, %d with import timings%n",
        Figure.ms(picture.medianMs()), picture.starts(), picture.phases().coldStarts());
    out.printf("first invocation  %s after init%n", Figure.ms(picture.phases().firstInvokeMs()));
    if (picture.isTraced()) {
      printParts(out);
      printPackages(out);
    } else {
      out.println("No import timings: only Init Duration is known. The layer records them.");
    }
    List<String> words = new ArrayList<>();
    words.addAll(List.of("explain", picture.function().name(), picture.deployment()));
    words.addAll(where);
    out.println();
    out.printf("Open:  %s -o html --open%n", store.command(words));
  }

  private void printParts(PrintWriter out) {
    out.println();
    out.println(
        String.format(" %s %10s %7s", Columns.padded("PART (median)", NAME), "TIME", "SHARE"));
    for (Part part : picture.parts()) {
      String line =
          String.format(
              " %s %10s %7s  %s",
              Columns.padded(part.name(), NAME),
              Figure.ms(part.ms()),
              Figure.share(part.width() / 100),
              "█".repeat((int) Math.round(BAR * part.width() / 100)));
      out.println(SafeText.of(line.stripTrailing()));
    }
  }

  private void printPackages(PrintWriter out) {
    out.println();
    out.println(
        String.format(
            " %s %10s %10s  %s",
            Columns.padded("PACKAGE", NAME), "OWN", "WITH ALL", "IMPORTED BY"));
    List<ImportPackages.PackageTime> all = picture.packages();
    for (ImportPackages.PackageTime one : all.subList(0, Math.min(PACKAGES_SHOWN, all.size()))) {
      String line =
          String.format(
              " %s %10s %10s  %s",
              Columns.padded(one.name(), NAME),
              Figure.ms(one.selfMs()),
              Figure.ms(one.cumulativeMs()),
              Columns.cut(one.importedBy(), IMPORTER));
      out.println(SafeText.of(line.stripTrailing()));
    }
    if (all.size() > PACKAGES_SHOWN) {
      out.printf(" … %d more (-o json lists all)%n", all.size() - PACKAGES_SHOWN);
    }
  }

  /** The same for programs. */
  Map<String, @Nullable Object> json() {
    Map<String, @Nullable Object> answer = new LinkedHashMap<>(JsonOutput.answer());
    answer.put("account", picture.function().account());
    answer.put("region", picture.function().region());
    answer.put("function", picture.function().name());
    answer.put("deployment", picture.deployment());
    answer.put("configuration", picture.phases().configuration());
    answer.put("init_p50_ms", ComparisonJson.rounded(picture.medianMs()));
    answer.put("cold_starts", picture.starts());
    answer.put("traced", picture.phases().coldStarts());
    answer.put("first_invoke_ms", ComparisonJson.rounded(picture.phases().firstInvokeMs()));
    List<Map<String, @Nullable Object>> parts = new ArrayList<>();
    for (Part part : picture.parts()) {
      Map<String, @Nullable Object> one = new LinkedHashMap<>();
      one.put("name", part.name());
      one.put("ms", ComparisonJson.rounded(part.ms()));
      parts.add(one);
    }
    answer.put("parts", parts);
    List<Map<String, @Nullable Object>> packages = new ArrayList<>();
    for (ImportPackages.PackageTime one : picture.packages()) {
      Map<String, @Nullable Object> row = new LinkedHashMap<>();
      row.put("name", one.name());
      row.put("kind", one.kind());
      row.put("imports", one.imports());
      row.put("self_ms", ComparisonJson.rounded(one.selfMs()));
      row.put("cumulative_ms", ComparisonJson.rounded(one.cumulativeMs()));
      row.put("imported_by", one.importedBy());
      packages.add(row);
    }
    answer.put("packages", packages);
    return answer;
  }
}
