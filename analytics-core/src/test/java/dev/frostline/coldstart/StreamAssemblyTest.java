package dev.frostline.coldstart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.frostline.timing.ImportKind;
import dev.frostline.timing.StreamId;
import dev.frostline.timing.TimingLine;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

final class StreamAssemblyTest {
  @Test
  void coldStart_isInitWithItsFirstRequest() {
    Stream stream =
        stream().initStart().at(300).start("a").report("a", 290).start("b").report("b", null);
    ColdStart start = stream.coldStart();
    assertEquals(List.of("on-demand/success/290"), stream.summary());
    assertEquals("complete", start.completeness());
    assertEquals("python3.13", start.runtime());
    assertEquals("4", start.deployment());
    assertEquals(20_000L, start.firstInvokeMicros());
    assertEquals(2, stream.assembled().invocations());
  }

  @Test
  void accounting_addsUpToInit() {
    ColdStart start =
        stream()
            .initStart()
            .header()
            .row(1, 5_000, 5_000, "zipimport")
            .row(0, 10_000, 15_000, "site")
            .row(1, 2_000, 2_000, "awslambdaric.bootstrap")
            .row(0, 1_000, 3_000, "awslambdaric")
            .row(1, 60_000, 60_000, "numpy")
            .row(0, 40_000, 100_000, "pandas")
            .at(300)
            .start("a")
            .report("a", 290)
            .coldStart();
    assertEquals(18_000L, start.bootstrapMicros());
    assertEquals(100_000L, start.importsMicros());
    assertEquals(290_000L - 18_000L - 100_000L, start.unattributedMicros());
  }

  @Test
  void requestWithoutInit_isNoColdStart() {
    assertEquals(List.of(), stream().start("a").report("a", null).coldStarts());
  }

  @Test
  void containerImage_withoutInitStart_isAColdStart() {
    ColdStart start = stream().row(0, 9, 9, "app").at(300).start("a").report("a", 290).coldStart();
    assertEquals(290_000L, start.initMicros());
    assertEquals(1, start.imports().size());
    assertEquals("cut", start.completeness());
  }

  @Test
  void reportWithInitAlone_isAColdStart() {
    assertEquals(List.of("on-demand/success/290"), stream().report("a", 290).summary());
  }

  @Test
  void restoreReport_withoutInit_isAColdStart() {
    Stream alone = stream().report("a", null, 511, null);
    assertEquals(List.of("restore/success/-"), alone.summary());
    assertEquals(511_000L, alone.coldStart().restoreMicros());
    Stream whole =
        stream().restoreStart().restoreReport(500).start("a").report("a", null, 511, null);
    assertEquals(List.of("restore/success/-"), whole.summary());
    assertEquals("java21", whole.coldStart().runtime());
    assertEquals("complete", whole.coldStart().completeness());
  }

  @Test
  void initReportWithoutPhase_isASnapshot() {
    assertEquals(
        List.of("snapshot/success/13316"),
        stream().initStart().at(13_400).initReport(13_316, null, null).summary());
  }

  @Test
  void snapshotsOwnLines_beforeARestore_areNoColdStart() {
    Stream stream =
        stream()
            .initStart()
            .row(0, 9, 9, "app")
            .at(5_000)
            .restoreStart()
            .restoreReport(100)
            .start("a")
            .report("a", null, 100, null);
    assertEquals(List.of("snapshot/unknown/-", "restore/success/-"), stream.summary());
  }

  @Test
  void initReportBeforeStart_withoutInitInReport_isProvisioned() {
    Stream stream =
        stream()
            .initStart()
            .at(700)
            .initReport(612, "init", null)
            .at(90_000)
            .start("a")
            .report("a", null);
    assertEquals(List.of("provisioned/success/612"), stream.summary());
    assertEquals(
        List.of("provisioned/success/-"),
        stream()
            .initStart("provisioned-concurrency", "init")
            .start("a")
            .report("a", null)
            .summary());
  }

  @Test
  void failedInit_neverLooksLikeAFastOne() {
    assertEquals(
        List.of("failed/error/229"),
        stream().initStart().at(300).initReport(229, "init", "error").summary());
    assertEquals(
        List.of("failed/timeout/229"),
        stream().initReport(229, "init", "timeout").start("a").report("a", null).summary());
    Stream silent =
        stream()
            .initStart("on-demand", "init")
            .start("a")
            .report("a", 3, null, "Runtime.ImportModuleError");
    assertEquals(List.of("failed/error/3"), silent.summary());
    assertEquals("Runtime.ImportModuleError", silent.coldStart().errorType());
    Stream fault =
        stream().initStart().line(new TimingLine.Fault("error", "Runtime.InvalidEntrypoint"));
    assertEquals(List.of("failed/error/-"), fault.summary());
    Stream done =
        stream()
            .initStart()
            .line(new TimingLine.InitRuntimeDone("failure", "X"))
            .start("a")
            .report("a", 3);
    assertEquals(List.of("failed/failure/3"), done.summary());
  }

  @Test
  void faultOfARequest_leavesItsInitAlone() {
    Stream stream =
        stream()
            .initStart()
            .at(300)
            .start("a")
            .line(new TimingLine.Fault("timeout", null))
            .report("a", 290, null, "Runtime.ExitError");
    assertEquals(List.of("on-demand/success/290"), stream.summary());
  }

  @Test
  void initRunAgainInsideTheRequest_isAReInit() {
    Stream stream =
        stream()
            .initStart()
            .header()
            .row(0, 5, 5, "site")
            .at(10_050)
            .initReport(10_009, "init", "timeout")
            .header()
            .row(0, 6, 6, "site")
            .row(0, 9, 9, "app")
            .at(20_000)
            .initReport(9_000, "invoke", null)
            .start("a")
            .report("a", null);
    assertEquals(List.of("failed/timeout/10009", "re-init/success/9000"), stream.summary());
    assertEquals(
        List.of(1, 2), stream.coldStarts().stream().map(start -> start.imports().size()).toList());
    Stream bare =
        stream()
            .initReport(154, "init", "error")
            .initReport(99, "invoke", "error")
            .start("a")
            .report("a", null);
    assertEquals(List.of("failed/error/154", "re-init/error/99"), bare.summary());
  }

  @Test
  void requestTriedAgain_onTheSameEnvironment_isNoContradiction() {
    Stream stream = stream().initStart().at(300).start("a").report("a", 290);
    stream.at(60_000).start("a").report("a", null).at(180_000).start("a").report("a", null);
    assertEquals(List.of("on-demand/success/290"), stream.summary());
    assertEquals(3, stream.assembled().invocations());
    assertTrue(suspect(stream.report("a", 1)));
    Stream crossed =
        stream()
            .initStart("lambda-managed-instances", "init")
            .start("a")
            .start("b")
            .report("a", null)
            .report("b", null)
            .start("a")
            .start("b")
            .line(report("a", 5))
            .line(report("b", 6));
    assertEquals(List.of("managed/success/-"), crossed.summary());
    assertEquals(4, crossed.assembled().invocations());
  }

  private static TimingLine.Report report(String request, long millis) {
    return new TimingLine.Report(
        request, millis * 1000, null, null, null, null, null, null, null, null);
  }

  @Test
  void environmentMadeLongBeforeItsFirstRequest_keptNobodyWaiting() {
    assertEquals(
        List.of("provisioned/success/290"),
        stream().initStart().at(7_200_000).start("a").report("a", 290).summary());
    assertEquals(
        List.of("provisioned/success/290"),
        stream().initStart("on-demand", "init").at(2_400).start("a").report("a", 290).summary());
    Stream bySeconds = stream().initStart().at(1_900).start("a").report("a", 290);
    assertEquals(List.of("on-demand/success/290"), bySeconds.summary());
    Stream slow = stream().initStart().at(21_000).start("a").report("a", 20_500);
    assertEquals(List.of("on-demand/success/20500"), slow.summary());
    Stream untimed = stream().initStart().at(60_000).start("a").report("a", null);
    assertEquals(List.of("on-demand/success/-"), untimed.summary());
    assertEquals(
        List.of("provisioned/success/-"),
        stream().initStart().at(1_000_000).start("a").report("a", null).summary());
  }

  @Test
  void initStartBehindAReport_isAReInit_ofTheSameRuntime() {
    Stream stream =
        latest()
            .initStart()
            .begin(Map.of("arch", "arm64"))
            .end(Map.of("fp", "0e77e134"))
            .at(300)
            .start("a")
            .line(new TimingLine.Fault("timeout", null))
            .report("a", 290)
            .initStart()
            .at(9_000)
            .start("b")
            .report("b", null);
    assertEquals(List.of("on-demand/success/290", "re-init/success/-"), stream.summary());
    ColdStart again = stream.coldStarts().get(1);
    assertEquals("0e77e134 arm64", again.deployment() + " " + again.architecture());
    Stream merged =
        stream()
            .initStart()
            .at(300)
            .start("a")
            .report("a", 290)
            .at(9_000)
            .initStart()
            .at(9_400)
            .start("b")
            .report("b", 310);
    assertEquals(List.of("on-demand/success/290", "on-demand/success/310"), merged.summary());
  }

  @Test
  void reInitOfAFailedInit_hasItsRuntime() {
    Stream stream =
        stream()
            .initStart()
            .initReport(1, "init", "error")
            .initReport(1, "invoke", "error")
            .start("a")
            .report("a", null, null, "Runtime.InvalidEntrypoint");
    assertEquals(List.of("failed/error/1", "re-init/error/1"), stream.summary());
    for (ColdStart start : stream.coldStarts()) {
      assertEquals("python3.13 python:3.13.v43", start.runtime() + " " + start.runtimeVersion());
    }
  }

  @Test
  void reInitAlone_isNoOnDemandStart() {
    assertEquals(
        List.of("re-init/success/45"),
        stream().initStart().initReport(45, "invoke", null).start("a").report("a", null).summary());
  }

  @Test
  void runtimeStartedAgainAfterACrash_isAReInit() {
    Stream stream =
        stream()
            .initStart()
            .begin(Map.of())
            .at(300)
            .start("a")
            .report("a", 290)
            .at(9_000)
            .begin(Map.of())
            .row(0, 9, 9, "app")
            .end(Map.of("init_us", "1000"))
            .start("b")
            .report("b", null);
    assertEquals(List.of("on-demand/success/290", "re-init/success/-"), stream.summary());
  }

  @Test
  void managedInstance_servesManyAtOnce() {
    Stream stream =
        stream()
            .initStart("lambda-managed-instances", "init")
            .initReport(900, "init", "success")
            .start("a")
            .start("b")
            .report("b", null)
            .report("a", null);
    assertEquals(List.of("managed/success/900"), stream.summary());
    assertEquals(2, stream.assembled().invocations());
  }

  @Test
  void lazyImport_afterStart_isPhaseInvoke() {
    ColdStart start =
        stream()
            .initStart()
            .row(0, 7, 7, "app")
            .at(300)
            .start("a")
            .row(0, 9_000, 9_000, "pandas")
            .report("a", 290)
            .coldStart();
    assertEquals(
        List.of(true, false), start.imports().stream().map(ImportTiming::duringInit).toList());
    assertEquals(7L, start.importsMicros());
  }

  @Test
  void rowsOfWarmRequests_areOfNoColdStart() {
    Stream stream =
        stream().initStart().row(0, 7, 7, "app").at(300).start("a").report("a", 290).start("b");
    for (int i = 0; i < 25_000; i++) {
      stream.row(0, 5, 5, "job" + i % 60);
    }
    ColdStart start = stream.report("b", null).coldStart();
    assertEquals("complete 1 0", describe(start));
  }

  @Test
  void rowsOfTheFirstRequest_neverCostInitItsTrace() {
    Stream stream = stream().initStart().row(0, 7, 7, "app").at(300).start("a");
    for (int i = 0; i < 20_007; i++) {
      stream.row(0, 5, 5, "lazy" + i);
    }
    ColdStart start = stream.report("a", 290).coldStart();
    assertEquals("complete 20001 7", describe(start));
    assertEquals(7L, start.importsMicros());
  }

  @Test
  void childProcessOfARequest_hasNoRowsInTheColdStart() {
    ColdStart start =
        stream()
            .initStart()
            .header()
            .row(0, 5, 5, "site")
            .row(0, 7, 7, "app")
            .at(300)
            .start("a")
            .row(0, 9, 9, "lazy")
            .header()
            .row(0, 6, 6, "site")
            .row(0, 8, 8, "app")
            .row(0, 8, 8, "worker")
            .report("a", 290)
            .coldStart();
    assertEquals(
        List.of("site", "app", "lazy"), start.imports().stream().map(ImportTiming::name).toList());
    assertEquals("complete 3 0", describe(start));
  }

  private static String describe(ColdStart start) {
    return start.completeness() + " " + start.imports().size() + " " + start.importsDropped();
  }

  @Test
  void lazyImport_afterTheFirstRequestForAnEvent_isPhaseInvoke() {
    ColdStart start =
        stream()
            .start("a")
            .begin(Map.of("id", "1"))
            .row(0, 7, 7, "app")
            .end(Map.of("id", "1", "why", "next"))
            .row(0, 9_000, 9_000, "pandas")
            .report("a", null)
            .coldStart();
    assertEquals(
        List.of(true, false), start.imports().stream().map(ImportTiming::duringInit).toList());
  }

  @Test
  void reportWithoutBilledAndMemory_isAColdStart() {
    ColdStart start =
        stream()
            .initStart()
            .line(
                new TimingLine.Report("a", null, null, null, null, 5_000L, null, null, null, null))
            .coldStart();
    assertEquals(5_000L, start.initMicros());
    assertNull(start.billedMicros());
    assertNull(start.memoryMb());
  }

  @Test
  void streamCutAtItsEnds_saysSo() {
    assertEquals("cut", stream().initStart().row(0, 9, 9, "app").coldStart().completeness());
    assertEquals("unknown", stream().initStart().coldStart().status());
    ColdStart tail = stream().row(0, 9, 9, "app").at(300).start("a").report("a", 290).coldStart();
    assertEquals("cut", tail.completeness());
    assertEquals("on-demand", tail.initKind().label());
  }

  @Test
  void traceAlone_isMeasuredByItsEndLine() {
    ColdStart start =
        latest()
            .begin(Map.of("env", "AWS_Lambda_python3.12", "arch", "arm64", "mem", "512"))
            .row(0, 9, 9, "app")
            .end(Map.of("init_us", "94142", "gc_us", "5", "majflt", "x"))
            .coldStart();
    assertEquals("trace only", start.completeness());
    assertEquals(94_142L, start.initMicros());
    assertEquals(
        "python3.12 arm64 512",
        start.runtime() + " " + start.architecture() + " " + start.memoryMb());
    assertEquals(new HostState(null, null, null, null, null, null, 5L, null), start.host());
  }

  @Test
  void endOfAWatchdog_givesWayToTheRealOne() {
    Stream slow =
        latest()
            .initStart()
            .end(Map.of("why", "deadline", "majflt", "1", "fp", "early"))
            .at(9_900)
            .end(Map.of("why", "next", "majflt", "7", "fp", "real"))
            .end(Map.of("why", "next", "majflt", "8", "fp", "later"))
            .start("a")
            .report("a", 9_890);
    assertEquals(7L, host(slow.coldStart()).majorFaults());
    assertEquals("real", slow.coldStart().deployment());
    assertEquals(
        7L,
        host(stream()
                .end(Map.of("why", "next", "majflt", "7"))
                .end(Map.of("why", "deadline", "majflt", "1"))
                .coldStart())
            .majorFaults());
  }

  @Test
  void endOfARestore_isThatOfTheRestoredStart() {
    Map<String, String> frozen = Map.of("why", "restore", "majflt", "1", "init_us", "5000");
    Map<String, String> restored =
        Map.of("why", "next", "since", "restore", "majflt", "7", "init_us", "90");
    Stream traceOnly = stream().begin(Map.of()).row(0, 9, 9, "app").end(frozen).end(restored);
    assertEquals(List.of("snapshot/success/5", "restore/success/-"), traceOnly.summary());
    Stream whole =
        stream()
            .initStart()
            .end(frozen)
            .restoreStart()
            .end(restored)
            .restoreReport(100)
            .start("a")
            .report("a", null, 100, null);
    for (Stream stream : List.of(traceOnly, whole)) {
      assertEquals(1L, host(stream.coldStarts().get(0)).majorFaults());
      assertEquals(7L, host(stream.coldStarts().get(1)).majorFaults());
    }
    Stream forged = stream().initStart().end(frozen).start("a").end(restored).report("a", 5);
    assertEquals(1, forged.coldStarts().size());
    assertEquals(
        List.of("restore/success/-"),
        stream().end(restored).start("a").report("a", null, 100, null).summary());
  }

  @Test
  void runtimeClientsOfEveryRuntime_areBootstrap() {
    ColdStart node =
        stream()
            .row(ImportKind.NODE_MODULE, 1, 1, 1, "/var/runtime/node_modules/@aws-sdk/core.js")
            .row(ImportKind.NODE_MODULE, 0, 10, 11, "app.js")
            .row(ImportKind.NODE_MODULE, 1, 100, 100, "/var/runtime/Errors.js")
            .row(ImportKind.NODE_MODULE, 1, 1_000, 1_000, "/var/task/hook.js")
            .row(ImportKind.NODE_MODULE, 0, 10_000, 11_100, "/var/runtime/rapid-client.node")
            .coldStart();
    assertEquals("10100 1011", node.bootstrapMicros() + " " + node.importsMicros());
    String client = "com.amazonaws.services.lambda.runtime.api.client.";
    ColdStart java =
        stream()
            .row(ImportKind.JAVA_CLASS, 1, 1, 1, "java.util.Kid")
            .row(ImportKind.JAVA_CLASS, 0, 10, 11, client + "runtimeapi.NativeClient")
            .row(ImportKind.JAVA_CLASS, 0, 100, 100, "com.amazonaws.services.s3.S3Client")
            .row(ImportKind.JAVA_CLASS, 0, 1_000, 1_000, "shop.Handler.<init>")
            .coldStart();
    assertEquals("11 1100", java.bootstrapMicros() + " " + java.importsMicros());
    ColdStart dotnet =
        stream()
            .row(ImportKind.DOTNET_ASSEMBLY, 0, 1, 1, "Amazon.Lambda.RuntimeSupport")
            .row(ImportKind.DOTNET_ASSEMBLY, 0, 10, 10, "Newtonsoft.Json")
            .coldStart();
    assertEquals("1 10", dotnet.bootstrapMicros() + " " + dotnet.importsMicros());
  }

  @Test
  void deployment_isVersion_elseItsName_elseItsFingerprint() {
    Map<String, String> named = Map.of("dep", "9f1c2ab");
    Map<String, String> print = Map.of("fp", "0e77e134");
    assertEquals("4", stream().initStart().begin(named).end(print).coldStart().deployment());
    assertEquals("9f1c2ab", latest().initStart().begin(named).end(print).coldStart().deployment());
    assertEquals(
        "0e77e134",
        latest().initStart().begin(Map.of("dep", "")).end(print).coldStart().deployment());
    assertEquals("$LATEST", latest().initStart().coldStart().deployment());
    Stream published = new Stream(Stream.of("2026/09/19/[$LATEST.PUBLISHED]eb40970aab71"));
    assertEquals("$LATEST.PUBLISHED", published.initStart().coldStart().deployment());
    assertEquals("9f1c2ab", published.begin(named).coldStarts().get(0).deployment());
  }

  @Test
  void function_comesFromTheEnvelope_neverFromTheText() {
    TimingLine.InitStart line = new TimingLine.InitStart(null, null, null, null, "told", "9");
    StreamId custom = new StreamId("1", "r", "any-group", "2026/09/19/real[7]ab12");
    StreamId silent = new StreamId("1", "r", "any-group", "x");
    assertEquals("real 7", name(new Stream(custom).line(line)));
    assertEquals("told 9", name(new Stream(silent).line(line)));
    assertEquals("any-group $LATEST", name(new Stream(silent).initStart()));
    assertEquals("checkout-api 4", name(stream().line(line)));
  }

  @Test
  void version_ofAFileWithoutStreams_isThatOfItsLines() {
    StreamId file = StreamId.ofTrace("1", "r", "checkout", "$LATEST", "ab12");
    TimingLine.Start start = new TimingLine.Start("a", "8");
    assertEquals("checkout 8", name(new Stream(file).initStart().line(start).report("a", 9)));
    assertEquals("checkout 9", name(new Stream(file).begin(Map.of("ver", "9", "fn", "other"))));
    assertEquals("checkout $LATEST", name(new Stream(file).initStart().start("a").report("a", 9)));
    StreamId named = StreamId.ofTrace("1", "r", "checkout", "7", "ab12");
    assertEquals("checkout 7", name(new Stream(named).initStart().line(start).report("a", 9)));
    StreamId bare = new StreamId("1", "r", "", "trace/[$LATEST]ab12");
    assertEquals("told 9", name(new Stream(bare).begin(Map.of("ver", "9", "fn", "told"))));
  }

  @Test
  void forgedReport_makesTheStartSuspect() {
    assertTrue(suspect(stream().initStart().at(300).start("a").report("a", 1).report("a", 290)));
    assertTrue(suspect(stream().initStart().at(300).start("a").report("fake", 1).report("a", 290)));
    assertTrue(suspect(stream().initStart().report("fake", 1).at(300).start("a").report("a", 290)));
    assertTrue(
        suspect(
            stream().initStart().at(300).start("a").report("a", 290).start("b").report("fake", 1)));
    assertTrue(suspect(stream().initStart().at(300).start("a").report("a", 90_000)));
    assertTrue(suspect(stream().initStart().start("fake").at(300).start("a").report("a", 290)));
  }

  @Test
  void forgedReport_withoutInitStart_isNotAveraged() {
    Stream stream =
        stream().row(0, 9, 9, "app").report("fake", 1).at(300).start("a").report("a", 290);
    assertEquals(List.of("on-demand/success/1/suspect", "on-demand/success/290"), stream.summary());
  }

  @Test
  void forgedInitStart_makesTheStartSuspect() {
    assertTrue(suspect(stream().initStart().initStart().at(300).start("a").report("a", 290)));
    assertTrue(suspect(stream().initStart().at(300).start("a").initStart().report("a", 290)));
    assertTrue(
        suspect(
            stream()
                .initStart()
                .at(300)
                .start("a")
                .report("a", 290)
                .start("b")
                .initStart()
                .report("fake", 1)
                .report("b", null)));
  }

  @Test
  void forgedInitAndRestoreReports_inARequest_addNoStart() {
    Stream warm = stream().initStart().at(300).start("a").report("a", 290).start("b");
    assertEquals(
        1,
        warm.initReport(1, "init", null)
            .restoreStart()
            .restoreReport(1)
            .report("b", null)
            .coldStarts()
            .size());
    assertTrue(suspect(warm));
  }

  @Test
  void sameReportTwice_isNotSuspect() {
    Stream stream = stream().initStart().at(300).start("a").report("a", 290).report("a", 290);
    assertEquals(List.of("on-demand/success/290"), stream.summary());
    assertEquals(1, stream.assembled().invocations());
  }

  @Test
  void runtimeVersions_giveTheRuntime() {
    assertEquals("python3.12", RuntimeVersion.runtime("python:3.12.mainlinev2.v7"));
    assertEquals("python3.14", RuntimeVersion.runtime("python:3.14.DurableFunction.v13"));
    assertEquals("nodejs22", RuntimeVersion.runtime("nodejs:22.mainline.v122"));
    assertEquals("java11", RuntimeVersion.runtime("java:11.v21"));
    assertEquals("provided.al2023", RuntimeVersion.runtime("provided:al2023.v90"));
    assertEquals("java8.al2023", RuntimeVersion.runtime("java:8.al2023.v3"));
    assertEquals("java17.al2023", RuntimeVersion.runtime("java:17.al2023.mainline.v3"));
    assertEquals("python3.15", RuntimeVersion.runtime("python:3.15.v1"));
    assertEquals("nodejs26", RuntimeVersion.runtime("nodejs:26.v1"));
    assertEquals("dotnet10", RuntimeVersion.runtime("dotnet:10.v1"));
    assertEquals("ruby4.0", RuntimeVersion.runtime("ruby:4.0.v1"));
    assertNull(RuntimeVersion.runtime("x"));
    assertNull(RuntimeVersion.runtime(":"));
    assertNull(RuntimeVersion.runtime(null));
  }

  private static boolean suspect(Stream stream) {
    return stream.coldStart().suspectLines() > 0;
  }

  private static HostState host(ColdStart start) {
    return Objects.requireNonNull(start.host());
  }

  private static String name(Stream stream) {
    return stream.coldStart().function() + " " + stream.coldStart().version();
  }

  private static Stream stream() {
    return new Stream(Stream.VERSION_4);
  }

  private static Stream latest() {
    return new Stream(Stream.LATEST);
  }
}
