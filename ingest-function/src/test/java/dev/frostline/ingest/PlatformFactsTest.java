package dev.frostline.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.frostline.coldstart.ColdStart;
import dev.frostline.coldstart.StreamAssembly;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the platform does, told by its lines as people have them: `aws logs tail`, text and JSON.
 */
final class PlatformFactsTest {
  private static final Origin CUSTOM_GROUP = Reading.ofStream("shop/all-functions", "x");

  @TempDir Path folder = Path.of("");

  @Test
  void version_isThatOfStart_whereNoStreamNamesOne() throws IOException {
    String text =
        """
        2026-11-02T10:00:00.000Z INIT_START Runtime Version: python:3.13.v43
        2026-11-02T10:00:00.300Z START RequestId: b771fecc-1b53-4faf-922d-1d74357b1676 Version: 56
        2026-11-02T10:00:00.340Z REPORT RequestId: b771fecc-1b53-4faf-922d-1d74357b1676 Duration: 30.10 ms Billed Duration: 330 ms Memory Size: 512 MB Max Memory Used: 89 MB Init Duration: 290.00 ms
        """;
    assertEquals(List.of("demo:56 python3.13 on-demand success 290000"), starts(text));
  }

  @Test
  void functionAndVersion_areThoseOfInitStart_inAGroupOfSeveral() throws IOException {
    String json =
        """
        {"time":"2026-11-02T10:00:00.000Z","type":"platform.initStart","record":{"initializationType":"on-demand","phase":"init","runtimeVersion":"nodejs:22.v20","functionName":"tenner-notifier","functionVersion":"7"}}
        {"time":"2026-11-02T10:00:00.470Z","type":"platform.start","record":{"requestId":"79b5e81f-9cdd-4145-b1f6-7c50ef8a2a36","version":"7"}}
        {"time":"2026-11-02T10:00:00.490Z","type":"platform.report","record":{"requestId":"79b5e81f-9cdd-4145-b1f6-7c50ef8a2a36","metrics":{"durationMs":20.1,"initDurationMs":463.512},"status":"success"}}
        """;
    assertEquals(
        List.of("tenner-notifier:7 nodejs22 on-demand success 463512"), starts(json, CUSTOM_GROUP));
    String arnAlone =
        json.replace(
            "\"functionName\":\"tenner-notifier\",\"functionVersion\":\"7\"",
            "\"functionArn\":\"arn:aws:lambda:eu-west-1:123456789012:function:tenner-notifier:7\"");
    assertEquals(
        List.of("tenner-notifier:7 nodejs22 on-demand success 463512"),
        starts(arnAlone, CUSTOM_GROUP));
  }

  @Test
  void asynchronousRetry_hasTheSameRequestId() throws IOException {
    String text =
        """
        2026-11-02T10:00:00.000Z INIT_START Runtime Version: python:3.13.v43
        2026-11-02T10:00:00.300Z START RequestId: b771fecc-1b53-4faf-922d-1d74357b1676 Version: $LATEST
        2026-11-02T10:00:00.330Z [ERROR] ValueError: order 12
        2026-11-02T10:00:00.340Z END RequestId: b771fecc-1b53-4faf-922d-1d74357b1676
        2026-11-02T10:00:00.340Z REPORT RequestId: b771fecc-1b53-4faf-922d-1d74357b1676 Duration: 30.10 ms Billed Duration: 330 ms Memory Size: 512 MB Max Memory Used: 89 MB Init Duration: 290.00 ms
        2026-11-02T10:01:02.000Z START RequestId: b771fecc-1b53-4faf-922d-1d74357b1676 Version: $LATEST
        2026-11-02T10:01:02.004Z REPORT RequestId: b771fecc-1b53-4faf-922d-1d74357b1676 Duration: 3.90 ms Billed Duration: 4 ms Memory Size: 512 MB Max Memory Used: 90 MB
        """;
    assertEquals(List.of("demo:$LATEST python3.13 on-demand success 290000"), starts(text));
    String twice =
        text + text.substring(text.lastIndexOf("2026-11-02T10:01:02.004Z")).replace("3.90", "9.90");
    String withoutStart = twice.replaceAll("2026-11-02T10:01:02.000Z START.*\n", "");
    assertEquals(
        List.of("demo:$LATEST python3.13 on-demand success 290000 suspect"), starts(withoutStart));
  }

  @Test
  void environmentMadeAhead_isNotOnDemand() throws IOException {
    String proactive =
        """
        2026-11-02T10:00:00.000Z INIT_START Runtime Version: python:3.13.v43
        2026-11-02T10:07:42.300Z START RequestId: b771fecc-1b53-4faf-922d-1d74357b1676 Version: 3
        2026-11-02T10:07:42.340Z REPORT RequestId: b771fecc-1b53-4faf-922d-1d74357b1676 Duration: 30.10 ms Billed Duration: 31 ms Memory Size: 512 MB Max Memory Used: 89 MB Init Duration: 690.00 ms
        """;
    assertEquals(List.of("demo:3 python3.13 provisioned success 690000"), starts(proactive));
    String provisioned =
        """
        2026-11-02T10:00:00.000Z INIT_START Runtime Version: python:3.13.v43
        2026-11-02T10:00:00.700Z INIT_REPORT Init Duration: 690.00 ms\tPhase: init
        2026-11-02T10:00:00.900Z START RequestId: b771fecc-1b53-4faf-922d-1d74357b1676 Version: 3
        2026-11-02T10:00:00.940Z REPORT RequestId: b771fecc-1b53-4faf-922d-1d74357b1676 Duration: 30.10 ms Billed Duration: 31 ms Memory Size: 512 MB Max Memory Used: 89 MB
        """;
    assertEquals(List.of("demo:3 python3.13 provisioned success 690000"), starts(provisioned));
  }

  @Test
  void initBehindAReport_isAReInit_withItsRuntime() throws IOException {
    String text =
        """
        2026-11-02T10:00:00.000Z INIT_START Runtime Version: python:3.13.v43
        2026-11-02T10:00:00.300Z START RequestId: b771fecc-1b53-4faf-922d-1d74357b1676 Version: 3
        2026-11-02T10:00:03.300Z 2026-11-02T10:00:03.300Z b771fecc-1b53-4faf-922d-1d74357b1676 Task timed out after 3.00 seconds
        2026-11-02T10:00:03.300Z END RequestId: b771fecc-1b53-4faf-922d-1d74357b1676
        2026-11-02T10:00:03.300Z REPORT RequestId: b771fecc-1b53-4faf-922d-1d74357b1676 Duration: 3000.00 ms Billed Duration: 3290 ms Memory Size: 512 MB Max Memory Used: 89 MB Init Duration: 290.00 ms Status: timeout
        2026-11-02T10:00:03.400Z INIT_START Runtime Version: python:3.13.v43
        2026-11-02T10:00:09.000Z START RequestId: 276ff3b9-1609-4ee7-a288-db3752630767 Version: 3
        2026-11-02T10:00:09.300Z REPORT RequestId: 276ff3b9-1609-4ee7-a288-db3752630767 Duration: 290.00 ms Billed Duration: 290 ms Memory Size: 512 MB Max Memory Used: 89 MB
        """;
    assertEquals(
        List.of(
            "demo:3 python3.13 on-demand success 290000", "demo:3 python3.13 re-init success -"),
        starts(text));
    String insideARequest =
        """
        2026-11-02T10:00:00.000Z INIT_START Runtime Version: provided:al2023.v90
        2026-11-02T10:00:00.010Z INIT_REPORT Init Duration: 1.04 ms Phase: init Status: error Error Type: Runtime.InvalidEntrypoint
        2026-11-02T10:00:00.020Z INIT_REPORT Init Duration: 1.65 ms Phase: invoke Status: error Error Type: Runtime.InvalidEntrypoint
        2026-11-02T10:00:00.021Z START RequestId: 34359edf-cda1-4088-a74d-74f37ef686b6 Version: $LATEST
        2026-11-02T10:00:00.022Z RequestId: 34359edf-cda1-4088-a74d-74f37ef686b6 Error: fork/exec /var/task/bootstrap: exec format error
        2026-11-02T10:00:00.023Z REPORT RequestId: 34359edf-cda1-4088-a74d-74f37ef686b6 Duration: 9.10 ms Billed Duration: 10 ms Memory Size: 128 MB Max Memory Used: 3 MB Status: error Error Type: Runtime.InvalidEntrypoint
        """;
    assertEquals(
        List.of(
            "demo:$LATEST provided.al2023 failed error 1040 Runtime.InvalidEntrypoint",
            "demo:$LATEST provided.al2023 re-init error 1650 Runtime.InvalidEntrypoint"),
        starts(insideARequest));
  }

  @Test
  void failedInit_ofAnotherEnvironmentInTheFile_isNoReInit_andHasTheVersionOfItsRequest()
      throws IOException {
    String text =
        """
        2026-11-02T10:00:00.000Z INIT_START Runtime Version: python:3.13.v43
        2026-11-02T10:00:00.300Z START RequestId: b771fecc-1b53-4faf-922d-1d74357b1676 Version: 3
        2026-11-02T10:00:00.340Z REPORT RequestId: b771fecc-1b53-4faf-922d-1d74357b1676 Duration: 30.10 ms Billed Duration: 330 ms Memory Size: 512 MB Max Memory Used: 89 MB Init Duration: 290.00 ms
        2026-11-02T10:04:00.000Z INIT_START Runtime Version: python:3.13.v43
        2026-11-02T10:04:00.229Z INIT_REPORT Init Duration: 229.04 ms\tPhase: init\tStatus: error\tError Type: Runtime.ImportModuleError
        2026-11-02T10:04:00.650Z INIT_REPORT Init Duration: 410.50 ms\tPhase: invoke\tStatus: error\tError Type: Runtime.ImportModuleError
        2026-11-02T10:04:00.651Z START RequestId: 276ff3b9-1609-4ee7-a288-db3752630767 Version: 4
        2026-11-02T10:04:00.660Z REPORT RequestId: 276ff3b9-1609-4ee7-a288-db3752630767 Duration: 412.00 ms Billed Duration: 413 ms Memory Size: 128 MB Max Memory Used: 39 MB Status: error Error Type: Runtime.ImportModuleError
        """;
    assertEquals(
        List.of(
            "demo:3 python3.13 on-demand success 290000",
            "demo:4 python3.13 failed error 229040 Runtime.ImportModuleError",
            "demo:4 python3.13 re-init error 410500 Runtime.ImportModuleError"),
        starts(text));
  }

  @Test
  void containerImage_hasTheVersionOfItsRequest() throws IOException {
    String text =
        """
        2026-11-02T10:00:00.000Z START RequestId: b771fecc-1b53-4faf-922d-1d74357b1676 Version: 3
        2026-11-02T10:00:00.340Z REPORT RequestId: b771fecc-1b53-4faf-922d-1d74357b1676 Duration: 30.10 ms Billed Duration: 330 ms Memory Size: 512 MB Max Memory Used: 89 MB Init Duration: 290.00 ms
        """;
    assertEquals(List.of("demo:3 - on-demand success 290000"), starts(text));
  }

  @Test
  void edgeFunction_hasItsOwnName_inEveryRegion() throws IOException {
    Origin edge =
        Reading.ofStream(
            "/aws/lambda/us-east-1.viewer-request",
            "2026/11/02/[3]0c7d6f5e8a9b4c3d2e1f0a9b8c7d6e5f");
    assertEquals(
        List.of("viewer-request:3 nodejs22 on-demand success 190000"),
        starts(
            """
            INIT_START Runtime Version: nodejs:22.v20
            START RequestId: b771fecc-1b53-4faf-922d-1d74357b1676 Version: 3
            REPORT RequestId: b771fecc-1b53-4faf-922d-1d74357b1676 Duration: 30.10 ms Billed Duration: 31 ms Memory Size: 128 MB Max Memory Used: 89 MB Init Duration: 190.00 ms
            """,
            edge));
  }

  @Test
  void failedRestore_namesItsError() throws IOException {
    String text =
        """
        2026-11-02T10:00:00.000Z RESTORE_START Runtime Version: java:21.v38
        2026-11-02T10:00:01.236Z RESTORE_REPORT Restore Duration: 1236.04 ms Status: error Error Type: Runtime.ExitError
        """;
    assertEquals(List.of("demo:$LATEST java21 restore error - Runtime.ExitError"), starts(text));
    String json =
        """
        {"time":"2026-11-02T10:00:00.000Z","type":"platform.restoreStart","record":{"runtimeVersion":"java:21.v38"}}
        {"time":"2026-11-02T10:00:00.500Z","type":"platform.restoreRuntimeDone","record":{"status":"error","errorType":"Runtime.ExitError"}}
        {"time":"2026-11-02T10:00:01.236Z","type":"platform.restoreReport","record":{"status":"error","metrics":{"durationMs":1236.04}}}
        """;
    assertEquals(List.of("demo:$LATEST java21 restore error - Runtime.ExitError"), starts(json));
  }

  @Test
  void restoreOfAContainerImage_isARestore_ofAnyRuntime() throws IOException {
    String image =
        """
        2026-11-02T10:00:00.000Z RESTORE_START
        2026-11-02T10:00:00.420Z RESTORE_REPORT Restore Duration: 412.20 ms
        2026-11-02T10:00:00.430Z START RequestId: b771fecc-1b53-4faf-922d-1d74357b1676 Version: 12
        2026-11-02T10:00:00.470Z REPORT RequestId: b771fecc-1b53-4faf-922d-1d74357b1676\tDuration: 36.31 ms\tBilled Duration: 240 ms\tMemory Size: 1024 MB\tMax Memory Used: 155 MB\tRestore Duration: 412.20 ms\tBilled Restore Duration: 203 ms\t
        """;
    assertEquals(List.of("demo:12 - restore success -"), starts(image));
    assertEquals(
        List.of("demo:12 ruby4.0 restore success -"),
        starts(image.replace("RESTORE_START", "RESTORE_START Runtime Version: ruby:4.0.v2")));
    assertEquals(
        List.of("demo:12 nodejs26 restore success -"),
        starts(image.replace("RESTORE_START", "RESTORE_START Runtime Version: nodejs:26.v1")));
  }

  @Test
  void applicationLines_thatMentionThePlatform_areNotOurs() throws IOException {
    String text =
        """
        2026-11-02T10:00:00.000Z {"type":"platform.initStart","detail":"an event of our own"}
        2026-11-02T10:00:00.001Z {"level":"INFO","message":"sent \\"platform.report\\" to the queue"}
        2026-11-02T10:00:00.002Z {'event': "platform.updated", broken
        2026-11-02T10:00:00.003Z {"event":"platform.start","record":12
        2026-11-02T10:00:00.004Z payload: {"type":"platform.report","record":{"requestId":"x"}}
        """;
    Reading read = Reading.of(write(text), Reading.ofFunction("demo"));
    assertEquals("5 = 0 + 5 + {}", read.counts());
  }

  @Test
  void listOfTheTelemetryApi_isReadAsTheLogItTells() throws IOException {
    String list =
        """
        [{"time":"2026-11-02T10:00:00.000Z","type":"platform.initStart","record":{"initializationType":"on-demand","phase":"init","runtimeVersion":"python:3.13.v43","functionName":"checkout","functionVersion":"$LATEST","instanceId":"i","instanceMaxMemory":536870912}},
         {"time":"2026-11-02T10:00:00.010Z","type":"function","record":"import time:       378 |        378 | zipimport\\n"},
         {"time":"2026-11-02T10:00:00.020Z","type":"function","record":{"timestamp":"2026-11-02T10:00:00.020Z","level":"INFO","message":"import time:       400 |        400 | site"}},
         {"time":"2026-11-02T10:00:00.030Z","type":"extension","record":"ready"},
         {"time":"2026-11-02T10:00:00.040Z","type":"platform.extension","record":{"name":"ours","state":"Ready","events":["INVOKE"]}},
         {"time":"2026-11-02T10:00:00.300Z","type":"platform.start","record":{"requestId":"79b5e81f-9cdd-4145-b1f6-7c50ef8a2a36","version":"$LATEST"}},
         {"time":"2026-11-02T10:00:00.310Z","type":"platform.fault","record":"RequestId: x Process exited"},
         {"time":"2026-11-02T10:00:00.340Z","type":"platform.report","record":{"requestId":"79b5e81f-9cdd-4145-b1f6-7c50ef8a2a36","status":"success","metrics":{"durationMs":30.1,"initDurationMs":290.0}}}]
        """;
    Reading read = Reading.of(write(list), Reading.ofFunction("demo"));
    assertEquals("8 = 6 + 2 + {}", read.counts());
    assertEquals(List.of("demo:$LATEST python3.13 on-demand success 290000"), starts(list));
    String lines = list.strip().replaceAll("(?m)^.(.*).$", "$1\n");
    assertEquals("8 = 6 + 2 + {}", Reading.of(write(lines), Reading.ofFunction("demo")).counts());
  }

  @Test
  void newRuntimes_haveTheNamesOfTheLambdaApi() throws IOException {
    Map<String, String> names =
        Map.of(
            "java:8.al2023.v3", "java8.al2023",
            "java:11.al2023.v4", "java11.al2023",
            "java:17.al2023.mainline.v3", "java17.al2023",
            "python:3.15.v1", "python3.15",
            "nodejs:26.v1", "nodejs26",
            "dotnet:10.v1", "dotnet10",
            "ruby:4.0.v1", "ruby4.0");
    for (Map.Entry<String, String> name : names.entrySet()) {
      assertEquals(
          List.of("demo:$LATEST " + name.getValue() + " on-demand unknown -"),
          starts("2026-11-02T10:00:00.000Z INIT_START Runtime Version: " + name.getKey() + "\n"));
    }
  }

  private Path write(String text) throws IOException {
    return Files.writeString(folder.resolve("log.txt"), text);
  }

  private List<String> starts(String text) throws IOException {
    return starts(text, Reading.ofFunction("demo"));
  }

  private List<String> starts(String text, Origin origin) throws IOException {
    Reading read = Reading.of(write(text), origin);
    assertEquals(Map.of(), read.tally().rejects());
    List<String> starts = new ArrayList<>();
    read.streams()
        .forEach(
            (stream, lines) ->
                StreamAssembly.assemble(stream, lines)
                    .coldStarts()
                    .forEach(start -> starts.add(words(start))));
    return starts;
  }

  private static String words(ColdStart start) {
    return start.function()
        + ":"
        + start.version()
        + " "
        + Objects.requireNonNullElse(start.runtime(), "-")
        + " "
        + start.initKind().label()
        + " "
        + start.status()
        + " "
        + (start.initMicros() == null ? "-" : start.initMicros())
        + (start.errorType() == null ? "" : " " + start.errorType())
        + (start.suspectLines() == 0 ? "" : " suspect");
  }
}
