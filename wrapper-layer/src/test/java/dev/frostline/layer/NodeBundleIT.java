package dev.frostline.layer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** One file made of many by esbuild: its modules have rows as long as they have their names. */
final class NodeBundleIT {
  private final Path folder;
  private final Layer layer;

  NodeBundleIT(@TempDir Path folder) throws IOException {
    this.folder = folder;
    layer = Layer.unpackedTo(folder.resolve("opt"));
  }

  @ParameterizedTest
  @MethodSource("dev.frostline.layer.NodeRuntime#versions")
  void modulesOfABundle_haveRows(String version) throws Exception {
    Path root = bundle("--format=cjs");
    Files.writeString(root.resolve("package.json"), "{\"type\": \"commonjs\"}");
    Outcome outcome = assertSame(NodeRuntime.ofVersion(version), root);
    NodeTree tree = NodeTree.read(outcome.stderr());
    tree.assertAddsUp();
    assertEquals(
        List.of("lib/heavy.js", "lib/padding.js", "lib/sub.js", "lib/thrown.js"),
        tree.named("app.js").kidNames());
    assertEquals(List.of("lib/leaf.json"), tree.named("lib/heavy.js").kidNames());
    assertTrue(tree.named("lib/sub.js").self() >= 14_000, tree.toString());
    assertEquals(List.of(), outcome.lines("advice"));
  }

  @Test
  void bundleThatNodeHasToLookInto_getsAdvice() throws Exception {
    Outcome outcome = assertSame(NodeRuntime.ofVersion("24"), bundle("--format=cjs"));
    assertEquals(List.of(), NodeTree.read(outcome.stderr()).named("app.js").kids());
    assertEquals("FROSTLINE_NODE_BUNDLE:1", outcome.fields("advice").get("set"));
  }

  @Test
  void minifiedBundle_getsAdvice() throws Exception {
    for (String minified : List.of("--minify", "--minify-whitespace", "--minify-identifiers")) {
      Path root = bundle("--format=cjs", minified);
      Outcome outcome = assertSame(NodeRuntime.ofVersion("22"), root);
      assertEquals(List.of(), NodeTree.read(outcome.stderr()).named("app.js").kids());
      assertTrue(
          outcome.lines("advice").get(0).endsWith("file=app.js bundle=minified set=minify:false"));
    }
  }

  @Test
  void sourcesThatAnotherHookMayChange_areLeftAlone() throws Exception {
    Path root = bundle("--format=cjs");
    Path hook = folder.resolve("hook.cjs");
    Files.writeString(
        hook,
        "require('module')._extensions['.js'] = ((own) => (m, f) => own(m, f))(require('module')._extensions['.js']);");
    try (RuntimeApiHost host = new RuntimeApiHost("{}")) {
      Outcome outcome =
          NodeRuntime.ofVersion("22")
              .function(host, root, "app.handler")
              .with("NODE_OPTIONS", "--require " + hook)
              .through(layer)
              .runUntilAnswered(host);
      assertEquals(1, outcome.lines("end").size());
    }
  }

  private Outcome assertSame(NodeRuntime node, Path root) throws Exception {
    try (RuntimeApiHost plain = new RuntimeApiHost("{}");
        RuntimeApiHost wrapped = new RuntimeApiHost("{}")) {
      Outcome expected = node.function(plain, root, "app.handler").runUntilAnswered(plain);
      Outcome outcome =
          node.function(wrapped, root, "app.handler").through(layer).runUntilAnswered(wrapped);
      assertTrue(plain.answer().contains("\"padding\":260"), plain.answer());
      assertEquals(plain.answer(), wrapped.answer(), "with the stack of what a module threw");
      assertEquals(expected.asTheFunctionSeesIt(), outcome.asTheFunctionSeesIt());
      return outcome;
    }
  }

  private Path bundle(String... options) throws Exception {
    Path root = Files.createTempDirectory(folder, "bundle");
    Path modules = NodeRuntime.fetched("esbuild").resolve("node_modules");
    String node = NodeRuntime.ofVersion("22").executable().toString();
    List<String> command =
        new ArrayList<>(
            List.of(node, modules.resolve("esbuild/bin/esbuild").toString(), "bundled.js"));
    command.addAll(List.of("--bundle", "--platform=node", "--log-level=error"));
    command.addAll(List.of(options));
    command.add("--outfile=" + root.resolve("app.js"));
    FunctionStart build = new FunctionStart(command, System.getenv(), Functions.path("/node"));
    assertEquals(0, build.run().exitCode());
    return root;
  }
}
