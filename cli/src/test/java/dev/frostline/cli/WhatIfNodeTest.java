package dev.frostline.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.frostline.servers.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Changes to how a handler on Express is started, on a real Node.js. */
final class WhatIfNodeTest {
  private static final String[] HANDLER = {"--handler=app.handler", "--events=events.json", "--"};
  @TempDir Path folder = Path.of(".");
  private final Path bin = Tool.fetched("node-22/bin/node").folder();
  private final String node = bin.resolve("node").toString();

  /** Enough of it that what a cache and a bundle save stands out of the noise of any machine. */
  private void writeManyModules() throws IOException {
    Path shop = Files.createDirectory(folder.resolve("shop"));
    StringBuilder functions = new StringBuilder();
    for (int i = 0; i < 120; i++) {
      functions
          .append("exports.f" + i + " = (a, b) => {\n")
          .append("  const list = [a, b].map((x) => ({ value: x * " + i + ", name: `n${x}` }));\n")
          .append("  return list.filter((x) => x.value > " + i + ").map((x) => x.name).join();\n")
          .append("};\n");
    }
    StringBuilder index = new StringBuilder();
    for (int i = 0; i < 200; i++) {
      Files.writeString(shop.resolve("m" + i + ".js"), functions);
      index.append("exports.m" + i + " = require('./m" + i + ".js');\n");
    }
    Files.writeString(shop.resolve("index.js"), index);
  }

  @BeforeEach
  void writeHandler() throws Exception {
    writeManyModules();
    Tool.fetched("mcp-sdk/node_modules/.bin/node-which");
    Files.createSymbolicLink(
        folder.resolve("node_modules"), Tool.FETCHED.resolve("mcp-sdk/node_modules"));
    Files.writeString(
        folder.resolve("app.js"),
        """
        'use strict';
        const express = require('express');
        const Ajv = require('ajv');
        require('./shop');
        const valid = new Ajv().compile({ type: 'object', required: ['n'] });
        express().get('/', (request, response) => response.send('x'));
        exports.handler = async (event, context) => {
          if (event.n > 2) throw new RangeError('too many');
          return { valid: valid(event), id: context.awsRequestId };
        };
        exports.late = (event, context, callback) => setImmediate(callback, null, event.n);
        if (require.main === module) exports.handler({ n: 1 }, {}).then(console.log);
        """);
    Files.writeString(folder.resolve("events.json"), "[{\"n\": 1}, {\"m\": 1}, {\"n\": 3}]");
  }

  @Tag("alone")
  @Test
  void compileCache_helpsInit_andEventsAreAnsweredAlike() throws Exception {
    JsonNode trial = whatIf("--compile-cache", HANDLER);
    assertEquals("helps", trial.path("outcome").asText(), trial.toString());
    assertEquals(3, trial.path("events").asInt());
    assertTrue(Double.isFinite(trial.path("first_use_ms").asDouble(Double.NaN)));
  }

  @Test
  void waysToStart_areTried_orSaidWhyNot() throws Exception {
    JsonNode advice = advise("1s", "/usr/bin:/bin", node);
    assertEquals("compile_cache", advice.path("tried").path(0).path("change").asText());
    assertEquals("bundled by esbuild", advice.path("untried").path(0).path("module").asText());
    assertTrue(advice.path("untried").path(0).path("at_most_ms").isNull(), advice.toString());
    String old = Tool.fetched("node-18/bin/node").folder().resolve("node").toString();
    advice = advise("1s", "/usr/bin:/bin", old);
    assertEquals(0, advice.path("tried").size());
    assertTrue(advice.path("untried").toString().contains("22.1 and newer"), advice.toString());
    Cli cli = run("advise", "--patch=x.diff", HANDLER[0], HANDLER[1], "--", node);
    assertTrue(cli.err().contains("--patch is for Python"), cli.err());
  }

  @Tag("long")
  @Tag("alone")
  @Test
  void waysToStartThatHelp_areTriedTogether_andTheStepsOfTheBestAreTold() throws Exception {
    String path = Tool.fetched("esbuild/node_modules/.bin/esbuild").folder() + ":/usr/bin:/bin";
    JsonNode advice = advise("20s", path, node);
    assertTrue(advice.toString().contains("bundle_compile_cache"), advice.toString());
    String told = run("advise", "--budget=10s", HANDLER[0], HANDLER[1], "--", node).out();
    assertTrue(told.contains("▼  with a compile cache: helps"), told);
    assertTrue(told.contains("  do: NODE_COMPILE_CACHE=cache node"), told);
  }

  private JsonNode advise(String budget, String path, String interpreter) throws Exception {
    List<String> command = new ArrayList<>(CliProcess.of(folder).command());
    command.addAll(List.of("advise", "-o=json", "--budget=" + budget, HANDLER[0], HANDLER[1]));
    command.addAll(List.of("--", interpreter));
    Cli cli =
        CliProcess.run(
            new ProcessBuilder(command).directory(folder.toFile()), Map.of("PATH", path));
    assertEquals(0, cli.exitCode(), cli.out() + cli.err());
    JsonSchemasTest.assertValid("advise", cli.json());
    return cli.json();
  }

  @Tag("long")
  @Tag("alone")
  @Test
  void warmListOfStoredRows_helps() throws Exception {
    frostline("trace", "-f", "shop", "--runs", "3", "--", node, "app.js");
    frostline("export", "shop", "--format", "classlist", "--out", "shop.list");
    List<String> files = Files.readAllLines(folder.resolve("shop.list"));
    assertTrue(files.contains("app.js"), files.toString());
    assertTrue(files.size() > 100, files.size() + " files");
    JsonNode trial = whatIf("--classlist=shop.list", HANDLER);
    assertEquals("helps", trial.path("outcome").asText(), trial.toString());
  }

  @Tag("alone")
  @Test
  @Tag("long")
  void bundle_helps_asProgramAndAsHandler() throws Exception {
    assertEquals("helps", whatIf("--bundle", HANDLER).path("outcome").asText());
    assertEquals("helps", whatIf("--bundle", "--").path("outcome").asText());
  }

  @Tag("long")
  @Test
  void bundleThatMissesAFileBesideIt_breaksTheAnswers() throws Exception {
    Files.writeString(folder.resolve("name.txt"), "shop");
    Files.writeString(
        folder.resolve("app.js"),
        """
        const name = __dirname + '/name.txt';
        exports.handler = async () => require('fs').readFileSync(name, 'utf8');
        """);
    Cli cli = run("what-if", "-o=json", "--bundle", HANDLER[0], HANDLER[1], "--", node);
    assertEquals(1, cli.exitCode(), cli.err());
    JsonNode trial = cli.json().path("trial");
    assertEquals("breaks", trial.path("outcome").asText());
    assertTrue(trial.path("differences").toString().contains("handler's answers"));
  }

  @Tag("long")
  @Test
  void handlersOfAllForms_arePlayed() throws Exception {
    Files.writeString(
        folder.resolve("esm.mjs"), "export const handler = async (event) => event.n;\n");
    for (String handler : List.of("app.late", "esm.handler")) {
      Cli cli =
          run("what-if", "--runs=8", "--bundle", "--handler", handler, HANDLER[1], "--", node);
      assertEquals(0, cli.exitCode(), cli.out() + cli.err());
      assertTrue(cli.out().contains("first of 3 events"), cli.out());
    }
  }

  /** Told by environments behind a client that asks for two events, as the runtime's does. */
  @Test
  void whatRanNoCodeInProduction_isToldWithItsShare() throws Exception {
    String work = "for (let i = 0, n = 0; i < 3e6; i += 1) n += i % 7;\n";
    Files.writeString(folder.resolve("idle.js"), work + "exports.never = () => 1;\n");
    Files.writeString(folder.resolve("busy.js"), work + "exports.answer = () => 1;\n");
    Files.createDirectories(folder.resolve("client"));
    Files.writeString(
        folder.resolve("client/rapid-client.node"),
        """
        exports.next = () => new Promise((resolve) => setTimeout(resolve, 20, {}));
        """);
    Files.writeString(
        folder.resolve("start.js"),
        """
        require.extensions['.node'] = require.extensions['.js'];
        const client = require('./client/rapid-client.node');
        require('./idle');
        const { answer } = require('./busy');
        (async () => {
          for (let i = 0; i < 3; i += 1) {
            await client.next();
            answer();
          }
        })();
        """);
    List<String> trace = new ArrayList<>(CliProcess.of(folder).command());
    trace.addAll(List.of("trace", "-f", "shop", "--runs=4", "--", node, "start.js"));
    Cli traced =
        CliProcess.run(
            new ProcessBuilder(trace).directory(folder.toFile()), Map.of("FROSTLINE_USAGE", "1"));
    assertEquals(0, traced.exitCode(), traced.err());
    String told = run("advise", "-f", "shop").out();
    assertTrue(
        told.contains("Ran no code after init in 4 environments, so in at most 52.7 % of them"),
        told);
    assertTrue(told.matches("(?s).*\\(95 %\\): .*idle\\.js .*"), told);
    assertTrue(!told.matches("(?s).*\\(95 %\\): .*busy\\.js.*"), told);
  }

  @Test
  void whatCannotBeTried_isSaid() throws Exception {
    assertSaid(2, "no change of a Node.js program", "--appcds", "--", node, "app.js");
    assertSaid(2, "There is no b.js here", "--bundle", "--", node, "b.js");
    assertSaid(2, "node with a script", "--bundle", "--", node);
    assertSaid(2, "names no handler", "--bundle", "--handler=app", HANDLER[1], "--", node);
    assertSaid(4, "exit code 1", "--bundle", "--handler=app.none", HANDLER[1], "--", node);
    Files.writeString(folder.resolve("list"), "missing.js\n");
    assertSaid(4, "cannot be loaded", "--classlist=list", "--", node, "app.js");
    String old = Tool.fetched("node-18/bin/node").folder().resolve("node").toString();
    assertSaid(4, "22.1 and newer", "--compile-cache", "--", old, "app.js");
  }

  private void assertSaid(int exit, String words, String... options) throws Exception {
    List<String> command = new ArrayList<>(List.of("what-if"));
    command.addAll(List.of(options));
    Cli cli = run(command.toArray(new String[0]));
    assertEquals(exit, cli.exitCode(), cli.err());
    assertTrue(cli.err().contains(words), cli.err());
  }

  private JsonNode whatIf(String change, String... program) throws Exception {
    List<String> command = new ArrayList<>(List.of("what-if", "-o=json", change));
    command.addAll(List.of(program));
    command.add(node);
    if (program.length == 1) {
      command.add("app.js");
    }
    Cli cli = run(command.toArray(new String[0]));
    assertEquals(0, cli.exitCode(), cli.out() + cli.err());
    JsonSchemasTest.assertValid("what-if", cli.json());
    return cli.json().path("trial");
  }

  private void frostline(String... words) throws Exception {
    Cli cli = run(words);
    assertEquals(0, cli.exitCode(), cli.out() + cli.err());
  }

  private Cli run(String... words) throws Exception {
    List<String> command = new ArrayList<>(CliProcess.of(folder).command());
    command.addAll(List.of(words));
    String path =
        Tool.fetched("esbuild/node_modules/.bin/esbuild").folder() + ":" + System.getenv("PATH");
    return CliProcess.run(
        new ProcessBuilder(command).directory(folder.toFile()), Map.of("PATH", path));
  }
}
