package dev.frostline.layer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.frostline.servers.MotoServer;
import dev.frostline.servers.Tool;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The layer in one line: what the real CDK, the real Serverless Framework and AWS's own packager
 * make of {@code deploy/cdk}, {@code deploy/serverless} and {@code deploy/sar.yaml}.
 */
@Tag("long")
final class OneLineIT {
  private static final Path ROOT = Path.of(System.getProperty("frostline.root", ".."));
  private static final Path ZIP = Path.of(System.getProperty("frostline.layer.zip", ""));
  private static final String WRAPPER = "/opt/bin/importtime_wrapper";
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder = Path.of(".");

  /** A stack of functions of each kind, and one with the layer of somebody else. */
  @Test
  void cdkConstruct_putsTheLayerOnWhatItTimes_andOnNothingElse() throws Exception {
    Tool node = Tool.fetched("node-22/bin/node");
    Path modules = Tool.fetched("aws-cdk/node_modules/typescript/bin/tsc").folder();
    Files.createSymbolicLink(folder.resolve("node_modules"), modules.resolve("../..").toRealPath());
    copy(ROOT.resolve("deploy/cdk"), "index.ts", "tsconfig.json");
    Files.copy(ZIP, folder.resolve("frostline-layer.zip"));
    Files.writeString(
        Files.createDirectory(folder.resolve("code")).resolve("bootstrap"), "#!/bin/sh\n");
    Files.writeString(folder.resolve("app.ts"), resource("cdk/app.ts"));
    node.run(folder, Map.of(), "node_modules/typescript/bin/tsc", "-p", ".");
    node.run(folder, Map.of(), "app.js");

    Map<String, JsonNode> shop = functions(folder.resolve("out/Shop.template.json"));
    assertEquals(
        "Chained, Custom, Full, Image, Plain, Raw", String.join(", ", shop.keySet()), "" + shop);
    JsonNode plain = wrapped(shop, "Plain");
    assertEquals(WRAPPER, plain.path("AWS_LAMBDA_EXEC_WRAPPER").asText());
    assertEquals("0b1c9d0", plain.path("FROSTLINE_DEPLOYMENT").asText());
    JsonNode chained = wrapped(shop, "Chained");
    assertEquals("/opt/otel", chained.path("FROSTLINE_NEXT_WRAPPER").asText());
    assertEquals("prod", chained.path("STAGE").asText());
    assertEquals(WRAPPER, wrapped(shop, "Raw").path("AWS_LAMBDA_EXEC_WRAPPER").asText());
    for (String untouched : new String[] {"Custom", "Full", "Image"}) {
      assertTrue(named(shop, untouched).path("Environment").isMissingNode(), untouched);
    }
    Map<String, JsonNode> other = functions(folder.resolve("out/Other.template.json"));
    assertEquals("1", wrapped(other, "Node").path("FROSTLINE_NODE").asText());
    assertEquals(
        "[\"arn:aws:lambda:eu-west-1:123456789012:layer:frostline:7\"]",
        named(other, "Node").path("Layers").toString());
    for (String stack : new String[] {"Shop", "Other", "Layer"}) {
      lint("out/" + stack + ".template.json");
    }
    checkov("out/Layer.template.json");
  }

  @Test
  void serverlessPlugin_putsTheLayerOnWhatItTimes_andVersionsChangeWithIt() throws Exception {
    Tool node = Tool.fetched("node-22/bin/node");
    Path serverless = Tool.fetched("serverless/node_modules/serverless/bin/serverless.js").folder();
    Files.createDirectory(folder.resolve("serverless-frostline"));
    copy(
        ROOT.resolve("deploy/serverless"),
        folder.resolve("serverless-frostline"),
        "index.js",
        "package.json");
    Files.writeString(folder.resolve("app.py"), "def handler(event, context): pass\n");
    String service = resource("serverless/serverless.yml");
    JsonNode without =
        packaged(node, serverless, service.replace("  - ./serverless-frostline", ""));
    JsonNode with = packaged(node, serverless, service);

    JsonNode plain = with.at("/PlainLambdaFunction/Properties");
    assertEquals(
        "[\"arn:aws:lambda:eu-west-1:123456789012:layer:frostline:7\"]",
        plain.path("Layers").toString());
    assertEquals(
        "{\"STAGE\":\"prod\",\"FROSTLINE_DEPLOYMENT\":\"0b1c9d0\",\"AWS_LAMBDA_EXEC_WRAPPER\":\""
            + WRAPPER
            + "\"}",
        plain.at("/Environment/Variables").toString());
    JsonNode chained = with.at("/ChainedLambdaFunction/Properties");
    assertEquals(2, chained.path("Layers").size());
    assertEquals("/opt/otel", chained.at("/Environment/Variables/FROSTLINE_NEXT_WRAPPER").asText());
    JsonNode custom = with.at("/CustomLambdaFunction/Properties");
    assertEquals(
        without.at("/CustomLambdaFunction/Properties/Environment"), custom.path("Environment"));
    assertTrue(custom.path("Layers").isMissingNode(), custom.toString());
    assertTrue(!version(without, "Plain").equals(version(with, "Plain")), "a new version");
    lint(".serverless/cloudformation-template-update-stack.json");
  }

  /** The packager uploads licence, readme and layer, and writes where they are. */
  @Test
  void applicationForTheRepository_isPackagedWhole() throws Exception {
    Tool aws = Tool.fetched("awscli/bin/aws");
    try (MotoServer account = MotoServer.start()) {
      Map<String, String> there =
          Map.of(
              "AWS_ENDPOINT_URL", account.endpoint(),
              "AWS_ACCESS_KEY_ID", "none",
              "AWS_SECRET_ACCESS_KEY", "none",
              "AWS_REGION", "eu-west-1");
      aws.run(ROOT, there, "s3", "mb", "s3://artifacts");
      Path packaged = folder.resolve("packaged.yaml");
      aws.run(
          ROOT,
          there,
          "cloudformation",
          "package",
          "--template-file",
          "deploy/sar.yaml",
          "--s3-bucket",
          "artifacts",
          "--output-template-file",
          packaged.toString());
      String text = Files.readString(packaged);
      for (String place : new String[] {"LicenseUrl", "ReadmeUrl", "ContentUri"}) {
        String uploaded = "\\b" + place + ": s3://artifacts/[0-9a-f]{32}\\s";
        assertTrue(Pattern.compile(uploaded).matcher(text).find(), text);
      }
      String listed = aws.run(ROOT, there, "s3", "ls", "s3://artifacts");
      assertEquals(3, listed.lines().count(), listed);
    }
    lint("packaged.yaml");
    checkov("packaged.yaml");
  }

  private JsonNode packaged(Tool node, Path serverless, String service) throws IOException {
    Files.writeString(folder.resolve("serverless.yml"), service);
    node.run(
        folder,
        Map.of(
            "SLS_TELEMETRY_DISABLED", "1",
            "SLS_NOTIFICATIONS_MODE", "off",
            "AWS_ACCESS_KEY_ID", "none",
            "AWS_SECRET_ACCESS_KEY", "none"),
        serverless.resolve("serverless.js").toString(),
        "package");
    Path template = folder.resolve(".serverless/cloudformation-template-update-stack.json");
    return JSON.readTree(template.toFile()).path("Resources");
  }

  private static String version(JsonNode resources, String function) {
    for (Map.Entry<String, JsonNode> one : resources.properties()) {
      if (one.getKey().startsWith(function + "LambdaVersion")) {
        return one.getKey();
      }
    }
    throw new AssertionError(resources.toString());
  }

  /** The variables of a function that has the layer. */
  private static JsonNode wrapped(Map<String, JsonNode> functions, String name) {
    JsonNode function = named(functions, name);
    assertEquals(1, function.path("Layers").size(), function.toString());
    return function.at("/Environment/Variables");
  }

  private static JsonNode named(Map<String, JsonNode> functions, String name) {
    return Objects.requireNonNull(functions.get(name), name);
  }

  /** The properties of a template's functions by the names they have in the program. */
  private static Map<String, JsonNode> functions(Path template) throws IOException {
    Map<String, JsonNode> functions = new TreeMap<>();
    for (Map.Entry<String, JsonNode> resource :
        JSON.readTree(template.toFile()).path("Resources").properties()) {
      if (resource.getValue().path("Type").asText().equals("AWS::Lambda::Function")) {
        functions.put(
            resource.getKey().replaceFirst("[0-9A-F]{8}$", ""),
            resource.getValue().path("Properties"));
      }
    }
    return functions;
  }

  private void lint(String template) {
    String[] ofCdk = {"--ignore-checks", "W3005", "--", template}; // its own DependsOn
    Tool.fetched("cfn-lint/bin/cfn-lint").run(folder, Map.of(), ofCdk);
  }

  private void checkov(String template) {
    String said =
        Tool.fetched("checkov/bin/checkov")
            .run(
                folder,
                Map.of(),
                "--framework",
                "cloudformation",
                "--skip-download",
                "--compact",
                "--soft-fail",
                "-f",
                template);
    assertTrue(!said.contains("Failed checks: ") || said.contains("Failed checks: 0"), said);
  }

  private void copy(Path from, String... files) throws IOException {
    copy(from, folder, files);
  }

  private static void copy(Path from, Path to, String... files) throws IOException {
    for (String file : files) {
      Files.copy(from.resolve(file), to.resolve(file));
    }
  }

  private static String resource(String name) throws IOException {
    try (InputStream in = OneLineIT.class.getResourceAsStream("/deploy/" + name)) {
      if (in == null) {
        throw new IOException("no " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
