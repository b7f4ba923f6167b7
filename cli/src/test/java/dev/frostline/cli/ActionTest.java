package dev.frostline.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The steps of {@code action.yml} on a real git repository: the release comes from a server of this
 * machine, and another takes comments and statuses as GitHub's API does.
 */
@Tag("alone")
@Tag("long")
final class ActionTest {
  private static final Path ROOT = Path.of(System.getProperty("frostline.root", ".."));
  private static final Path SAMPLE = ROOT.resolve("wrapper-layer/sample").toAbsolutePath();
  private static final ObjectMapper JSON = new ObjectMapper();
  @TempDir Path folder = Path.of(".");
  private final Map<String, String> environment = new HashMap<>();
  private final TreeMap<Integer, String> comments = new TreeMap<>();
  private final List<JsonNode> statuses = new ArrayList<>();
  private Path repository = folder;
  private HttpServer server = stopped();

  @BeforeEach
  void start() throws Exception {
    server.createContext("/releases", this::release);
    server.createContext("/repos/acme/shop", this::api);
    server.start();
    String address = "http://127.0.0.1:" + server.getAddress().getPort();
    Path bin = Files.createDirectories(folder.resolve("r/frostline-0.1.0-" + platform() + "/bin"));
    String java = String.join("' '", CliProcess.of(folder).command());
    Path command =
        Files.writeString(bin.resolve("frostline"), "#!/bin/sh\nexec '" + java + "' \"$@\"\n");
    assertTrue(command.toFile().setExecutable(true));
    bash(
        folder.resolve("r"),
        "tar cJf frostline-0.1.0-%1$s.tar.xz frostline-0.1.0-%1$s && sha256sum frostline-0.1.0-%1$s.tar.xz > frostline-0.1.0-%1$s.tar.xz.sha256"
            .formatted(platform()));
    repository = Files.createDirectories(folder.resolve("shop"));
    Files.copy(SAMPLE.resolve("v1/app.py"), repository.resolve("app.py"));
    environment.put("GIT_CONFIG_GLOBAL", "/dev/null");
    bash(
        repository,
        "git init -q && git add . && git -c user.name=a -c user.email=b commit -qm base");
    String base = bash(repository, "git rev-parse HEAD").out().strip();
    environment.putAll(
        Map.of(
            "GITHUB_ACTION_PATH", ROOT.toAbsolutePath().toString(),
            "GITHUB_PATH", folder.resolve("path").toString(),
            "GITHUB_OUTPUT", folder.resolve("output").toString(),
            "GITHUB_STEP_SUMMARY", folder.resolve("summary.md").toString(),
            "GITHUB_API_URL", address,
            "GITHUB_REPOSITORY", "acme/shop",
            "RUNNER_TEMP", Files.createDirectories(folder.resolve("temp")).toString(),
            "FROSTLINE_RELEASES", address + "/releases"));
    environment.putAll(
        Map.of(
            "FROSTLINE_VERSION", "0.1.0",
            "COMMAND", "python3 app.py",
            "FUNCTION", "shop",
            "BASE", base,
            "RUNS", "20",
            "LIMIT_MS", "20ms",
            "TOKEN", "secret",
            "PULL_REQUEST", "7"));
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void slowPullRequest_fails_getsOneComment_andIsGreenOnceAccepted() throws Exception {
    openPullRequest();
    Cli slow = steps();
    assertEquals(1, slow.exitCode(), slow.out() + slow.err());
    assertEquals(1, comments.size());
    String first = comments.getOrDefault(1, "");
    assertTrue(first.startsWith("<!-- frostline shop -->\n### Cold starts: not passed"), first);
    assertTrue(first.contains("new: catalog"), first);
    compareWithTheDocuments(first);
    assertEquals("failure", statuses.get(0).path("state").asText());
    assertTrue(Files.readString(folder.resolve("output")).contains("exit-code=1"));
    assertTrue(Files.readString(folder.resolve("summary.md")).contains("new: catalog"));

    String pair =
        bash(repository, "git rev-parse HEAD^").out().substring(0, 12)
            + ".."
            + environment.getOrDefault("HEAD", "").substring(0, 12);
    String store = folder.resolve("temp/frostline-store/frostline.duckdb").toString();
    String[] accept = {
      "ack", "shop", pair, "--reason", "wanted", "--until", "2999-01-01", "--db", store
    };
    assertEquals(0, Cli.run(accept).exitCode());
    Cli accepted = steps();
    assertEquals(0, accepted.exitCode(), accepted.out() + accepted.err());
    assertEquals(1, comments.size(), "the comment is updated, not posted again");
    String second = comments.getOrDefault(1, "");
    assertNotEquals(first, second);
    assertTrue(second.contains("accepted until 2999-01-01"), second);
    assertEquals("success", statuses.get(1).path("state").asText());
  }

  @Test
  void forgedRelease_isNotRun() throws Exception {
    Path archive = folder.resolve("r/frostline-0.1.0-" + platform() + ".tar.xz");
    Files.writeString(archive, "forged");
    assertNotEquals(0, bash(repository, step(0)).exitCode());
    assertTrue(Files.notExists(folder.resolve("path")));
  }

  /**
   * The second deployment of the sample function, which imports a catalog. Its base has got one too
   * since, which is not to hide it.
   */
  private void openPullRequest() throws Exception {
    environment.put("HEAD", commitTheCatalog("head"));
    bash(repository, "git checkout -q HEAD^");
    environment.put("BASE", commitTheCatalog("merged since"));
    bash(repository, "git checkout -q \"$HEAD\"");
  }

  private String commitTheCatalog(String message) throws Exception {
    bash(
        repository,
        "cp '%1$s/v2/app.py' . && mkdir catalog && cp '%1$s'/v2/catalog/*.py catalog && git add . && git -c user.name=a -c user.email=b commit -qm '%2$s'"
            .formatted(SAMPLE, message));
    return bash(repository, "git rev-parse HEAD").out().strip();
  }

  /**
   * The picture in docs/pull-request.md is such a comment. {@code ./mvnw test -pl cli -am
   * -Dtest=ActionTest -Dfrostline.draw=true} draws it anew.
   */
  private static void compareWithTheDocuments(String comment) throws IOException {
    Path picture = ROOT.resolve("docs/pull-request.svg");
    if (Boolean.getBoolean("frostline.draw")) {
      Files.writeString(picture, CommentPicture.of(comment));
    }
    String shown = Files.readString(picture);
    assertEquals(
        CommentPicture.headings(CommentPicture.of(comment)), CommentPicture.headings(shown));
    assertTrue(shown.contains("new: catalog"), "draw it anew");
  }

  private Cli steps() throws Exception {
    Cli install = bash(repository, step(0));
    assertEquals(0, install.exitCode(), install.err());
    List<String> path = Files.readAllLines(folder.resolve("path"));
    environment.put("PATH", path.get(path.size() - 1) + ":" + System.getenv("PATH"));
    return bash(repository, step(1));
  }

  private static String step(int number) throws IOException {
    JsonNode action = new YAMLMapper().readTree(ROOT.resolve("action.yml").toFile());
    List<String> scripts = new ArrayList<>();
    action.path("runs").path("steps").forEach(step -> scripts.add(step.path("run").asText("")));
    scripts.removeIf(String::isEmpty);
    return scripts.get(number);
  }

  private Cli bash(Path where, String script) throws Exception {
    return CliProcess.run(
        new ProcessBuilder("bash", "-e", "-c", script).directory(where.toFile()), environment);
  }

  private void release(HttpExchange exchange) throws IOException {
    String name = exchange.getRequestURI().getPath().replaceFirst(".*/", "");
    answer(exchange, 200, Files.readAllBytes(folder.resolve("r").resolve(name)));
  }

  private void api(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    byte[] sent = exchange.getRequestBody().readAllBytes();
    assertEquals("Bearer secret", exchange.getRequestHeaders().getFirst("Authorization"));
    Object answer = Map.of();
    if (path.endsWith("/issues/7/comments") && exchange.getRequestMethod().equals("GET")) {
      List<Object> all = new ArrayList<>();
      comments.forEach((id, body) -> all.add(Map.of("id", id, "body", body)));
      answer = all;
    } else if (path.endsWith("/issues/7/comments")) {
      comments.put(comments.size() + 1, JSON.readTree(sent).path("body").asText());
    } else if (path.contains("/issues/comments/")) {
      int id = Integer.parseInt(path.replaceFirst(".*/", ""));
      comments.put(id, JSON.readTree(sent).path("body").asText());
    } else if (path.contains("/statuses/")) {
      statuses.add(JSON.readTree(sent));
    }
    answer(exchange, 200, JSON.writeValueAsBytes(answer));
  }

  private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private static HttpServer stopped() {
    try {
      return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String platform() {
    return System.getProperty("os.arch", "").equals("aarch64") ? "linux-arm64" : "linux-x86_64";
  }
}
