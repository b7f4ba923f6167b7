package dev.frostline.lake;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Records as Lambda writes them to an on-failure destination. */
final class ReplayTest {
  @TempDir Path folder = Path.of("");

  @Test
  void record_isLandedAsItsEventWouldHaveBeen_onceOnly() throws IOException {
    String batch = Logs.batches().get(0);
    write("aws/lambda/async/frostline-ingest/2026/11/22/a", record(Logs.data(batch)));
    write("bare", "{\"awslogs\":{\"data\":\"" + Logs.data(batch) + "\"}}");
    assertEquals(List.of("landed", "landed before"), replay().seen);
    assertEquals(List.of("landed before", "landed before"), replay().seen);
    Path direct = folder.resolve("direct");
    Logs.land(new FolderPlace(direct), List.of(batch));
    assertEquals(
        new FolderPlace(direct).keys("landing"), new FolderPlace(landing()).keys("landing"));
  }

  @Test
  void recordsThatCannotBeTaken_areTold_andTheRestIsLanded() throws IOException {
    write("a", "{oops");
    write("b", "{\"requestPayload\":{}}");
    write("c", record("aGVsbG8="));
    write("d", record(Logs.data(Logs.batches().get(0))));
    assertEquals(
        List.of(
            "a: not a record of a failed invocation: no JSON",
            "b: not a record of a failed invocation: no awslogs.data",
            "c: Cannot take this batch: not gzip data",
            "landed"),
        replay().seen);
  }

  private Seen replay() throws IOException {
    Seen seen = new Seen();
    new Replay(new FolderPlace(folder.resolve("failures")), new FolderPlace(landing()), "eu-west-1")
        .run("", seen);
    return seen;
  }

  private Path landing() {
    return folder.resolve("landed");
  }

  private void write(String name, String content) throws IOException {
    Path file = folder.resolve("failures").resolve(name);
    Files.createDirectories(file.resolveSibling(""));
    Files.writeString(file, content);
  }

  private static String record(String data) {
    return "{\"version\":\"1.0\",\"timestamp\":\"2026-11-22T18:16:05.568Z\",\"requestContext\":{"
        + "\"requestId\":\"e4b46cbf-b738-4880-a18c-df61200e0000\",\"functionArn\":"
        + "\"arn:aws:lambda:eu-west-1:123456789012:function:frostline-ingest:live\","
        + "\"condition\":\"RetriesExhausted\",\"approximateInvokeCount\":3},\"requestPayload\":"
        + "{\"awslogs\":{\"data\":\""
        + data
        + "\"}},\"responseContext\":{\"statusCode\":200,\"executedVersion\":\"4\","
        + "\"functionError\":\"Unhandled\"},\"responsePayload\":{\"errorMessage\":\"x\"}}";
  }

  private static final class Seen implements Replay.Listener {
    private final List<String> seen = new ArrayList<>();

    @Override
    public void found(int records) {
      seen.clear();
    }

    @Override
    public void replayed(String key, Map<String, Object> answer) {
      seen.add(Boolean.TRUE.equals(answer.get("new")) ? "landed" : "landed before");
    }

    @Override
    public void failed(String key, String reason) {
      seen.add(key + ": " + reason);
    }
  }
}
