package dev.frostline.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.frostline.servers.Tool;
import dev.frostline.servers.aws.EventPattern;
import dev.frostline.subscribe.SubscribeHandler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TemplatesTest {
  private static final Path ROOT = Path.of(System.getProperty("frostline.root", ".."));
  private static final Path TEMPLATE = ROOT.resolve("deploy/frostline.yaml");
  private static final Path SPARK = ROOT.resolve("deploy/emr-serverless.yaml");
  private static final Path MODULE = ROOT.resolve("deploy/terraform");
  private static final Path DELIVERY = ROOT.resolve("deploy/delivery.yaml");
  private static final Path DELIVERY_MODULE = ROOT.resolve("deploy/terraform-delivery");

  private static final Path PAGE = ROOT.resolve("deploy/page.yaml");
  private static final Path PAGE_MODULE = ROOT.resolve("deploy/terraform-page");

  @TempDir Path folder = Path.of(".");

  @Test
  void bothTemplates_haveTheSameResourcesActionsAndEnvironment() throws IOException {
    Map<String, String> facts = CloudFormationFacts.of(TEMPLATE);
    assertTrue(facts.size() > 80, facts.toString());
    assertEquals(lines(facts), lines(TerraformFacts.of(MODULE)));
  }

  /** Delivery straight to a bucket: CloudWatch Logs writes, and nothing runs. */
  @Test
  void delivery_hasNoFunction_andARoleThatWritesOnly() throws IOException {
    Map<String, String> facts = CloudFormationFacts.of(DELIVERY);
    assertEquals(
        """
        Bucket delivery: there
        LayerVersion layer: there
        ManagedPolicy reader: there
        ManagedPolicy reader actions: [Allow kms:Decrypt, Allow s3:GetObject, Allow s3:ListBucket]
        Role delivery: there
        Role delivery actions: [Allow kms:GenerateDataKey, Allow s3:PutObject]
        """,
        lines(facts));
    assertEquals(lines(facts), lines(TerraformFacts.of(DELIVERY_MODULE)));
    JsonNode role = CloudFormationFacts.read(DELIVERY).at("/Resources/DeliveryRole/Properties");
    JsonNode trust = role.at("/AssumeRolePolicyDocument/Statement/0");
    assertEquals("logs.amazonaws.com", trust.at("/Principal/Service").asText());
    assertEquals("AWS::AccountId", trust.at("/Condition/StringEquals/aws:SourceAccount").asText());
    assertEquals(
        "${DeliveryBucket.Arn}/AWSLogs/*",
        role.at("/Policies/0/PolicyDocument/Statement/0/Resource/0").asText());
  }

  private static String lines(Map<String, String> facts) {
    StringBuilder lines = new StringBuilder();
    facts.forEach((subject, fact) -> lines.append(subject).append(": ").append(fact).append('\n'));
    return lines.toString();
  }

  @Test
  void noAction_isAWildcard_andNothingPassesRoles() throws IOException {
    List<String> actions = new ArrayList<>();
    CloudFormationFacts.of(TEMPLATE)
        .forEach(
            (subject, fact) ->
                actions.addAll(subject.endsWith("actions") ? List.of(fact) : List.of()));
    assertEquals(7, actions.size());
    assertFalse(actions.toString().contains("*"), actions.toString());
    assertFalse(actions.toString().contains("iam:"), actions.toString());
  }

  @Test
  void roles_canDoWhatTheyNeedAndNoMore() throws IOException {
    Map<String, String> facts = CloudFormationFacts.of(TEMPLATE);
    assertEquals(
        "[Allow kms:GenerateDataKey, Allow logs:CreateLogStream, Allow logs:PutLogEvents,"
            + " Allow s3:ListBucket, Allow s3:PutObject]",
        facts.get("Role ingest actions"));
    String subscriber = String.valueOf(facts.get("Role subscriber actions"));
    assertTrue(subscriber.contains("Deny logs:PutSubscriptionFilter"), subscriber);
    for (String never : List.of("Update", "s3:", "logs:Get", "logs:Filter", "AddPermission")) {
      assertFalse(subscriber.contains(never), never);
    }
    JsonNode ingest =
        CloudFormationFacts.read(TEMPLATE).at("/Resources/IngestRole/Properties/Policies");
    for (JsonNode statement : ingest.findParents("Effect")) {
      boolean lists = statement.path("Action").toString().contains("ListBucket");
      assertTrue(!lists || statement.path("Resource").toString().equals("[\"FailureBucket.Arn\"]"));
    }
  }

  @Test
  void wrapperPolicy_changesTaggedFunctionsOnly_andReadsTheLayersThatStay() throws IOException {
    JsonNode statements =
        CloudFormationFacts.policy(
                CloudFormationFacts.read(TEMPLATE)
                    .at("/Resources/WrapperPolicy/Properties/PolicyDocument"))
            .path("Statement");
    for (JsonNode statement : statements) {
      boolean changes = statement.path("Action").toString().contains("Update");
      assertEquals(
          changes ? "{\"StringLike\":{\"aws:ResourceTag/${Key}\":\"${Value}\"}}" : "",
          statement.path("Condition").isMissingNode()
              ? ""
              : statement.path("Condition").toString());
    }
    assertEquals(
        "[Allow lambda:GetFunctionConfiguration, Allow lambda:GetLayerVersion,"
            + " Allow lambda:ListFunctions, Allow lambda:ListTags,"
            + " Allow lambda:UpdateFunctionConfiguration]",
        CloudFormationFacts.of(TEMPLATE).get("ManagedPolicy wrapper actions"));
  }

  @Test
  void template_namesThisHandlerAndThisVersion() throws IOException {
    JsonNode resources = CloudFormationFacts.read(TEMPLATE).path("Resources");
    assertEquals(
        SubscribeHandler.class.getName(),
        resources.at("/SubscriberFunction/Properties/Handler").asText());
    String version = resources.at("/IngestVersion010/Properties/Description").asText();
    assertTrue(
        Files.readString(ROOT.resolve("pom.xml")).contains("<version>" + version + "</version>"),
        "the version resource is renamed with each release");
  }

  /** What CloudTrail tells of calls, and which of it the template's rule brings to the handler. */
  @Test
  void rule_bringsNewFunctionsAndLogGroups_andNothingElse() throws IOException {
    EventPattern rule =
        new EventPattern(
            CloudFormationFacts.read(TEMPLATE)
                .at("/Resources/SubscriberEvents/Properties/EventPattern"));
    Map<String, Boolean> brought =
        Map.of(
            "lambda CreateFunction20150331", true,
            "lambda UpdateFunctionConfiguration20150331v2", true,
            "logs CreateLogGroup", true,
            "lambda UpdateFunctionCode20150331v2", false,
            "lambda DeleteFunction20150331", false,
            "logs PutSubscriptionFilter", false,
            "s3 CreateBucket", false);
    for (Map.Entry<String, Boolean> call : brought.entrySet()) {
      String service = call.getKey().substring(0, call.getKey().indexOf(' '));
      JsonNode event =
          new ObjectMapper()
              .readTree(
                  """
                  {"source":"aws.%s","detail-type":"AWS API Call via CloudTrail",
                   "detail":{"eventSource":"%s.amazonaws.com","eventName":"%s"}}
                  """
                      .formatted(service, service, call.getKey().substring(service.length() + 1)));
      assertEquals(call.getValue(), rule.matches(event), call.getKey());
    }
  }

  @Test
  @Tag("long")
  void template_passesTheLinter() throws Exception {
    for (Path template : List.of(TEMPLATE, DELIVERY, SPARK, PAGE)) {
      Tool.fetched("cfn-lint/bin/cfn-lint").run(ROOT, Map.of(), template.toString());
    }
  }

  /** As the registry of Terraform shows it. */
  @Test
  void readmeOfTheModule_listsEveryInputAndOutput() throws IOException {
    String readme = Files.readString(MODULE.resolve("README.md"));
    Pattern described =
        Pattern.compile("(?m)^(?:variable|output) \"(\\w+)\" \\{\\n  description = \"(.*)\"$");
    for (String file : List.of("variables.tf", "outputs.tf")) {
      String text = Files.readString(MODULE.resolve(file));
      Matcher one = described.matcher(text);
      int found = 0;
      while (one.find()) {
        found++;
        String row = "| `" + one.group(1) + "` | " + one.group(2) + " |";
        assertTrue(readme.contains(row), row);
      }
      assertEquals(found, text.split("description", -1).length - 1);
    }
  }

  /** What platform teams run over what they deploy; an exception stands where it holds. */
  @Test
  @Tag("long")
  void templatesAndModule_passCheckov_andEachExceptionHasItsReason() throws IOException {
    Tool checkov = Tool.fetched("checkov/bin/checkov");
    StringBuilder all = new StringBuilder();
    for (Path template : List.of(TEMPLATE, DELIVERY, SPARK, PAGE)) {
      all.append(
          checkov.run(ROOT, Map.of(), checkovOf("cloudformation", "-f", template.toString())));
    }
    for (Path module : List.of(MODULE, DELIVERY_MODULE, PAGE_MODULE)) {
      all.append(checkov.run(ROOT, Map.of(), checkovOf("terraform", "-d", module.toString())));
    }
    String printed = all.toString();
    List<String> counts =
        printed.lines().filter(line -> line.startsWith("Passed checks: ")).toList();
    assertTrue(counts.size() >= 7, printed);
    assertTrue(counts.stream().allMatch(line -> line.contains("Failed checks: 0")), printed);
    List<String> template = Files.readAllLines(TEMPLATE);
    for (int i = 0; i < template.size(); i++) {
      boolean isException = template.get(i).contains("- id: CKV");
      assertTrue(!isException || template.get(i + 1).matches(" +comment: \".{20,}\""), "line " + i);
    }
    for (String file : List.of("main.tf", "buckets.tf")) {
      for (String line : Files.readAllLines(MODULE.resolve(file))) {
        assertTrue(!line.contains("checkov:skip") || line.matches(".*skip=CKV\\w+: .{20,}"), line);
      }
    }
  }

  private static String[] checkovOf(String framework, String... what) {
    List<String> arguments =
        new ArrayList<>(
            List.of("--framework", framework, "--skip-download", "--compact", "--quiet"));
    arguments.addAll(List.of(what));
    return arguments.toArray(new String[0]);
  }

  @Test
  void module_isValid_andPassesItsOwnTests() throws Exception {
    Path artifacts = Files.createDirectory(folder.resolve("artifacts"));
    for (String artifact :
        List.of(
            "frostline-layer.zip",
            "ingest-function-lambda.jar",
            "subscriber-function-lambda.jar",
            "scheduled-function-lambda.jar")) {
      Files.writeString(artifacts.resolve(artifact), "stands in for " + artifact);
    }
    String tests = testsOf(MODULE, "-var", "artifacts=" + artifacts);
    assertTrue(tests.contains("4 passed, 0 failed"), tests);
  }

  @Test
  @Tag("long")
  void deliveryModule_isValid_andPassesItsOwnTests() throws Exception {
    String tests = testsOf(DELIVERY_MODULE);
    assertTrue(tests.contains("3 passed, 0 failed"), tests);
  }

  @Test
  @Tag("long")
  void pageModule_isValid_andPassesItsOwnTests() throws Exception {
    String tests = testsOf(PAGE_MODULE);
    assertTrue(tests.contains("3 passed, 0 failed"), tests);
  }

  /** The page of a team: what it may do, and whom it is told to let in. */
  @Test
  void page_readsTheLake_andWritesAcknowledgementsOnly() throws IOException {
    JsonNode page = CloudFormationFacts.read(PAGE).path("Resources");
    assertEquals(
        "[Allow kms:Decrypt, Allow kms:GenerateDataKey, Allow s3:DeleteObject, Allow s3:GetObject,"
            + " Allow s3:ListBucket, Allow s3:PutObject]",
        CloudFormationFacts.actions(page.at("/TaskRole/Properties")).toString());
    for (JsonNode statement : page.at("/TaskRole/Properties/Policies").findParents("Effect")) {
      boolean writes = statement.path("Action").toString().contains("PutObject");
      assertTrue(
          !writes || statement.at("/Resource/0").asText().endsWith("/acknowledgements/*"),
          statement.toString());
    }
    List<String> words = new ArrayList<>();
    page.at("/Task/Properties/ContainerDefinitions/0/Command")
        .forEach(word -> words.add(word.asText()));
    assertEquals("LoadBalancer", words.get(words.indexOf("--alb-arn") + 1));
    assertEquals("Issuer", words.get(words.indexOf("--issuer") + 1));
    String terraform = Files.readString(PAGE_MODULE.resolve("main.tf"));
    for (String word : words) {
      assertTrue(!word.startsWith("--") || terraform.contains("\"" + word + "\""), word);
    }
  }

  /** What the tests of a module say, which is formatted and valid. */
  private String testsOf(Path from, String... variables) throws IOException {
    Tool terraform = Tool.onPath("terraform");
    Path module = copy(from, folder.resolve("module"));
    Path settings = Files.writeString(folder.resolve("terraformrc"), mirror());
    Map<String, String> environment =
        Map.of("TF_CLI_CONFIG_FILE", settings.toString(), "CHECKPOINT_DISABLE", "1");
    terraform.run(module, environment, "fmt", "-check", "-recursive");
    init(terraform, module, environment);
    terraform.run(module, environment, "validate");
    Path example = module.resolve("examples/complete");
    if (Files.isDirectory(example)) {
      init(terraform, example, environment);
      terraform.run(example, environment, "validate");
    }
    List<String> arguments = new ArrayList<>(List.of("test"));
    arguments.addAll(List.of(variables));
    return terraform.run(module, environment, arguments.toArray(String[]::new));
  }

  /** A provider that cannot be had skips the test, as a missing tool does, and fails in CI. */
  private static void init(Tool terraform, Path module, Map<String, String> variables) {
    try {
      terraform.run(module, variables, "init", "-input=false", "-backend=false");
    } catch (AssertionError e) {
      boolean isProvider = String.valueOf(e.getMessage()).contains("provider");
      Assumptions.assumeFalse(
          isProvider && System.getenv("CI") == null, "terraform cannot get the AWS provider");
      throw e;
    }
  }

  /** Providers come from the machine's mirror where it has one. */
  private static String mirror() {
    Path plugins = Tool.FETCHED.resolve("terraform-plugins");
    return Files.exists(plugins)
        ? "provider_installation { filesystem_mirror { path = \"" + plugins + "\" } }\n"
        : "";
  }

  private static Path copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.filter(path -> !path.toString().contains(".terraform")).toList()) {
        Files.copy(file, to.resolve(from.relativize(file).toString()));
      }
    }
    return to;
  }
}
