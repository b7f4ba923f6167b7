package dev.frostline.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.frostline.account.Account;
import dev.frostline.account.DeliveryMetrics;
import dev.frostline.account.Here;
import dev.frostline.account.Selection;
import dev.frostline.servers.aws.ControlPlane;
import dev.frostline.servers.aws.FakeLambda;
import dev.frostline.servers.aws.FakeLogs;
import dev.frostline.subscribe.Applier;
import dev.frostline.subscribe.Planner;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Each reason for silence, on a function that was timed, subscribed and delivered before. */
class DoctorTest {
  private static final String INGEST = FakeLambda.arn("frostline-ingest") + ":live";
  private static final String GROUP = "/aws/lambda/shop";
  private static final Selection SHOP = new Selection(List.of("shop"), null, null, false);

  private ControlPlane aws;
  private Account account;
  private DeliveryMetrics metrics;
  private ObjectNode shop;

  @BeforeEach
  void subscribe() throws IOException {
    aws = new ControlPlane();
    account = Here.account(aws);
    metrics = new DeliveryMetrics(Here.connection(aws, ControlPlane.REGION));
    aws.lambda
        .function("frostline-ingest", "java21")
        .put("Handler", "dev.frostline.ingest.IngestHandler");
    aws.lambda.allowLogs(INGEST);
    shop = aws.lambda.wrapped("shop");
    aws.logs.group(GROUP);
    new Applier(account, new Planner(account, INGEST).plan(SHOP))
        .apply(outcome -> assertTrue(outcome.result().isFine(), outcome.toString()));
    count("ForwardedLogEvents", 1234);
  }

  @AfterEach
  void close() {
    metrics.close();
    account.close();
    aws.close();
  }

  private void count(String metric, double events) {
    aws.cloudWatch.count(metric, GROUP, "frostline", events);
  }

  private ObjectNode logging() {
    return (ObjectNode) shop.get("LoggingConfig");
  }

  private ObjectNode variables() {
    return (ObjectNode) shop.at("/Environment/Variables");
  }

  private String found() {
    Doctor doctor = new Doctor(account, metrics, INGEST);
    return lines(doctor.examineIngest()) + lines(doctor.examineFunctions(SHOP));
  }

  private static String lines(List<Finding> findings) {
    return findings.stream()
        .filter(one -> one.mark() != Finding.Mark.FINE)
        .map(one -> one.mark().sign() + " " + one.subject() + " " + one.message() + "\n")
        .collect(Collectors.joining());
  }

  @Test
  void nothingWrong_isSaidWithWhatWasDelivered() {
    assertEquals("", found());
    assertEquals(
        List.of(
            Finding.fine(
                "shop", GROUP + ": subscribed, 1,234 log events delivered in the last day")),
        new Doctor(account, metrics, INGEST).examineFunctions(SHOP));
  }

  @Test
  void systemLogLevel() {
    logging().put("LogFormat", "JSON").put("SystemLogLevel", "WARN");
    assertEquals("✗ shop system log level WARN drops INIT_START and REPORT\n", found());
  }

  @Test
  void jsonFormat_withoutTheWrapper() {
    variables().remove("AWS_LAMBDA_EXEC_WRAPPER");
    variables().put("PYTHONPROFILEIMPORTTIME", "1");
    logging().put("LogFormat", "JSON").put("ApplicationLogLevel", "ERROR");
    assertEquals(
        "✗ shop JSON format with application log level ERROR drops import timings\n", found());
  }

  @Test
  void logClass() {
    aws.logs.groups.remove(GROUP);
    aws.logs.group(GROUP, "INFREQUENT_ACCESS");
    assertEquals(
        "✗ shop /aws/lambda/shop: its class INFREQUENT_ACCESS has no subscriptions: log to a group of"
            + " class STANDARD\n",
        found());
  }

  @Test
  void wrapperSlotTaken() {
    variables().put("AWS_LAMBDA_EXEC_WRAPPER", "/opt/datadog_wrapper");
    assertEquals("✗ shop the wrapper slot is taken by /opt/datadog_wrapper\n", found());
  }

  @Test
  void osOnlyRuntime() {
    shop.put("Runtime", "provided.al2023");
    assertEquals("✗ shop OS-only runtime provided.al2023: no wrapper is started there\n", found());
  }

  @Test
  void noFilterSlot() {
    aws.logs.group(GROUP).filters.clear();
    aws.logs.foreign(GROUP, "audit");
    aws.logs.foreign(GROUP, "datadog");
    assertEquals(
        "✗ shop /aws/lambda/shop: all subscription slots are taken (audit, datadog)\n", found());
  }

  @Test
  void sampling() {
    variables().put("FROSTLINE_SAMPLE", "100");
    assertEquals("! shop only one cold start in 100 is timed\n", found());
  }

  @Test
  void layerMissing() {
    shop.remove("Layers");
    variables().remove("AWS_LAMBDA_EXEC_WRAPPER");
    assertEquals("✗ shop the layer is missing\n", found());
  }

  @Test
  void filterRemoved() {
    aws.logs.group(GROUP).filters.clear();
    assertEquals("✗ shop /aws/lambda/shop: not subscribed\n", found());
  }

  @Test
  void permissionLost_andWhatWasSkippedMeanwhile() {
    aws.lambda.policies.clear();
    count("DeliveryErrors", 40);
    assertEquals(
        """
        ✗ frostline-ingest CloudWatch Logs may not invoke it: delivery stops and what is logged meanwhile is skipped
        ✗ shop /aws/lambda/shop: 40 log events of the last day met an error and may be skipped
        """,
        found());
  }

  @Test
  void aliasDeleted() {
    aws.lambda.deleteAlias(INGEST);
    assertEquals(
        "✗ frostline-ingest its alias or version live is gone: delivery stops and what is logged"
            + " meanwhile is skipped\n",
        found());
  }

  @Test
  void aliasDeleted_andAnotherMade() {
    String blue = FakeLambda.arn("frostline-ingest") + ":blue";
    aws.lambda.deleteAlias(INGEST);
    aws.lambda.allowLogs(blue);
    assertEquals(
        "✗ shop /aws/lambda/shop: its filter feeds " + INGEST + "\n",
        lines(new Doctor(account, metrics, blue).examineFunctions(SHOP)));
  }

  @Test
  void ingestFunction_stopped() {
    aws.lambda.concurrency.put("frostline-ingest", 0);
    assertEquals("✗ frostline-ingest its reserved concurrency is 0: nothing runs\n", found());
  }

  @Test
  void ingestFunction_feedsItself() {
    String own = "/aws/lambda/frostline-ingest";
    aws.logs.group(own).filters.put("Ann's logs", new FakeLogs.Filter("Ann's logs", "", INGEST));
    assertEquals(
        List.of(
            Finding.fault(
                "frostline-ingest",
                "its own log group " + own + " is subscribed to it: it feeds itself",
                "aws logs delete-subscription-filter --log-group-name '/aws/lambda/frostline-ingest'"
                    + " --filter-name 'Ann'\\''s logs'")),
        new Doctor(account, metrics, INGEST).examineIngest());
  }

  @Test
  void throttled() {
    count("DeliveryThrottling", 7);
    assertEquals(
        "! shop /aws/lambda/shop: 7 log events of the last day were throttled; they are tried again"
            + " for 24 hours\n",
        found());
  }

  @Test
  void neverInvoked() {
    count("ForwardedLogEvents", 0);
    assertEquals(
        "! shop /aws/lambda/shop: subscribed, but nothing was delivered in the last day\n",
        found());
  }

  @Test
  void metricsThatMayNotBeRead_stopNothing() {
    aws.cloudWatch.deny();
    assertEquals(
        "! frostline-ingest Cannot read CloudWatch's metrics of deliveries: not authorized\n",
        found());
  }
}
