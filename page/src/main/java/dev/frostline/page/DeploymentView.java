package dev.frostline.page;

import dev.frostline.report.Figure;
import dev.frostline.report.Page;
import dev.frostline.report.WeeklyReport.FunctionId;
import dev.frostline.report.picture.DeploymentPicture;
import dev.frostline.report.picture.Selection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One deployment: where its init time goes, before anything is compared. */
final class DeploymentView {
  private DeploymentView() {}

  static View of(FunctionId function, String deployment, Snapshot snapshot, Terms terms)
      throws SQLException {
    DeploymentPicture picture =
        snapshot.with(connection -> DeploymentPicture.read(connection, function, deployment));
    if (!picture.isThere()) {
      throw new NotThereException(
          "There are no cold starts of "
              + function.name()
              + " "
              + deployment
              + " that count. Two deployments are written as A..B.");
    }
    Selection selection = Selection.of(function, deployment, null);
    Questions questions =
        new Questions(snapshot)
            .with("account", function.account())
            .with("region", function.region())
            .with("function", function.name());
    List<String> earlier = earlier(questions.ask("deployments", "page_deployments"), deployment);
    questions
        .with("deployment", selection.deployment())
        .with("since", Cells.stored(selection.since()))
        .add("imports", "import_tree")
        .add("phases", "phases")
        .add("durations", "init_durations");
    Map<String, Object> model = new HashMap<>();
    model.put("name", function.name());
    model.put(
        "function",
        Address.function(function.account(), function.region(), function.name()).toString());
    model.put("deployment", deployment);
    model.put(
        "before",
        earlier.isEmpty()
            ? ""
            : terms.links().comparison(function, earlier.get(earlier.size() - 1), deployment));
    model.put("figures", figures(picture));
    model.put("distribution", distribution(picture));
    model.put("traced", picture.isTraced());
    model.put("bar", Page.html("picture/deploymentBar.jte", Map.of("picture", picture)));
    model.put(
        "packages",
        Page.html("picture/packages.jte", Map.of("picture", picture, "links", terms.links())));
    model.put(
        "imports",
        Page.html(
            "picture/importViews.jte",
            Map.of(
                "title",
                "Import tree of " + Figure.name(deployment),
                "tree",
                picture.tree(),
                "before",
                "",
                "after",
                deployment)));
    return new View(
        function.name() + " " + deployment,
        "fleet",
        "deployment",
        model,
        Commands.of(
            "explain",
            function.name(),
            deployment,
            "--account",
            function.account(),
            "--region",
            function.region()),
        questions,
        Map.of());
  }

  private static String distribution(DeploymentPicture picture) {
    return Page.html("picture/distribution.jte", Map.of("distribution", picture.distribution()));
  }

  /** Deployments that were there before it, oldest first. */
  private static List<String> earlier(List<Map<String, Object>> newestFirst, String deployment) {
    List<String> earlier = new ArrayList<>();
    for (Map<String, Object> row : newestFirst) {
      earlier.add(0, Cells.text(row, "deployment"));
    }
    int at = earlier.indexOf(deployment);
    return at < 0 ? List.of() : earlier.subList(0, at);
  }

  private static List<Figures.One> figures(DeploymentPicture picture) {
    return List.of(
        new Figures.One(
            "Median init",
            Figure.ms(picture.medianMs()),
            "of " + Figure.counted(picture.starts(), "cold start"),
            ""),
        new Figures.One(
            "Packages",
            Figure.count(picture.packages().size()),
            picture.isTraced() ? "in its import tree" : "not known without the layer",
            ""),
        new Figures.One(
            "First invocation",
            Figure.ms(picture.phases().firstInvokeMs()),
            "after init, before the first answer",
            ""),
        new Figures.One("Configuration", picture.phases().configuration(), "", ""));
  }
}
