package dev.frostline.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.frostline.cli.store.LakeSource;
import dev.frostline.lake.AcceptedBeside;
import dev.frostline.lake.Place;
import dev.frostline.page.Listening;
import dev.frostline.page.StoreSource;
import dev.frostline.page.visitor.Visitors;
import dev.frostline.policy.Acknowledgement;
import dev.frostline.policy.Acknowledgements;
import dev.frostline.policy.Policy;
import dev.frostline.store.Store;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page for a team: who gets in and who does not, and what they may leave in it. */
final class TeamServerTest {
  private static final String HEAVY = "/f/123456789012/eu-west-1/heavy";
  private static final List<String> PATHS =
      List.of(
          "/",
          "/fleet.json",
          "/fleet.csv",
          "/changes",
          "/health",
          "/health.json",
          "/sql",
          HEAVY,
          HEAVY + ".json",
          HEAVY + "/1..2",
          HEAVY + "/2",
          "/i/python/pkg3.m77",
          "/judged",
          "/nothing");
  private static final List<String> POSTED =
      List.of("/sql", "/sql/cancel", "/accept", "/session", "/nothing", "/");
  private static final String CHECKOUT = "/f/123456789012/eu-west-1/checkout-api/3..4";
  @TempDir static Path folder = Path.of(".");
  private static Path made = Path.of("");

  @BeforeAll
  static void make() throws Exception {
    made = new MadeFleet(folder).file;
  }

  @Test
  void forgedTokens_readNothing() throws Exception {
    try (LoadBalancer balancer = new LoadBalancer();
        ServedStore served = behind(balancer)) {
      Map<String, String> forged = new LinkedHashMap<>();
      String good = balancer.token("jo@example.com");
      String[] parts = good.split("\\.", -1);
      forged.put("no token", "x");
      forged.put("two parts", parts[0] + "." + parts[1]);
      forged.put("four parts", good + ".x");
      forged.put("no signature", parts[0] + "." + parts[1] + ".");
      forged.put("of zeros", parts[0] + "." + parts[1] + "." + LoadBalancer.encoded(new byte[64]));
      forged.put(
          "another person",
          parts[0] + "." + LoadBalancer.part(LoadBalancer.claims("max@x.org")) + "." + parts[2]);
      forged.put(
          "another key",
          LoadBalancer.signed(
              LoadBalancer.header(), LoadBalancer.claims("jo@x.org"), LoadBalancer.pair()));
      forged.put("another ALB", with(balancer, "signer", LoadBalancer.ARN.replace("50dc", "50dd")));
      forged.put(
          "another account", with(balancer, "signer", LoadBalancer.ARN.replace("789", "780")));
      forged.put("another issuer", with(balancer, "iss", "https://login.example.org"));
      forged.put("over", with(balancer, "exp", Instant.now().getEpochSecond() - 1));
      forged.put("never over", with(balancer, "exp", ""));
      forged.put("no algorithm", with(balancer, "alg", "none"));
      forged.put("another algorithm", with(balancer, "alg", "HS256"));
      forged.put(
          "a key that is none", with(balancer, "kid", "22222222-2222-3333-4444-555555555555"));
      forged.put("a key elsewhere", with(balancer, "kid", "../../etc/passwd"));
      forged.put("a key of another host", with(balancer, "kid", "//example.org/key"));
      Map<String, Object> over = LoadBalancer.claims("jo@x.org");
      over.put("exp", 1);
      forged.put("claims that are over", balancer.token(LoadBalancer.header(), over));
      Map<String, Object> nobody = LoadBalancer.claims("");
      nobody.remove("sub");
      forged.put("nobody", balancer.token(LoadBalancer.header(), nobody));
      for (String path : POSTED) {
        forged.forEach(
            (why, token) -> {
              HttpRequest.Builder post =
                  served.post(path, "q=SELECT+1&t=x&run=1&token=x&function=heavy");
              HttpResponse<String> answer = served.send(post.header("x-amzn-oidc-data", token));
              assertTrue(List.of(401, 403).contains(answer.statusCode()), why + " " + path);
              assertFalse(answer.body().contains("heavy"), answer.body());
            });
      }
      for (String path : PATHS) {
        assertClosed(served.send(served.request(path)), path);
        forged.forEach(
            (why, token) ->
                assertClosed(
                    served.send(served.request(path).header("x-amzn-oidc-data", token)),
                    why + " " + path));
        assertClosed(
            served.send(
                served
                    .request(path)
                    .header("x-amzn-oidc-data", "x")
                    .header("x-amzn-oidc-data", good)),
            "two " + path);
      }
      assertEquals(List.of("/" + LoadBalancer.KEY), served(balancer).stream().distinct().toList());
      assertEquals(200, as(served, balancer, "jo@example.com", "/").statusCode());
      assertEquals(List.of(), served.log);
    }
  }

  /** Keys that were asked for, but for the one of a good form that is not there. */
  private static List<String> served(LoadBalancer balancer) {
    return balancer.asked.stream().filter(path -> !path.startsWith("/2222")).toList();
  }

  private static String with(LoadBalancer balancer, String field, Object value) {
    Map<String, Object> header = LoadBalancer.header();
    header.put(field, value);
    return balancer.token(header, LoadBalancer.claims("jo@example.com"));
  }

  private static void assertClosed(HttpResponse<String> answer, String what) {
    assertEquals(401, answer.statusCode(), what);
    for (String secret : List.of("heavy", "pkg3", "123456789012", "name=\"token\"")) {
      assertFalse(answer.body().contains(secret), what + " tells " + secret);
    }
  }

  @Test
  void signedIn_readUnderTheirNames_whateverThePadding() throws Exception {
    try (LoadBalancer balancer = new LoadBalancer();
        ServedStore served = behind(balancer)) {
      for (String name : List.of("a@x.org", "ab@x.org", "abc@x.org", "jo.müller@example.com")) {
        HttpResponse<String> page = as(served, balancer, name, "/");
        assertEquals(200, page.statusCode(), name);
        assertTrue(page.body().contains("<p class=\"reader\">" + name + "</p>"), name);
      }
      assertEquals(List.of("/" + LoadBalancer.KEY), balancer.asked, "the key was kept");
      assertEquals(401, served.send(served.post("/session", "t=x")).statusCode());
    }
  }

  @Test
  void hostileNamesOfReaders_areText() throws Exception {
    try (LoadBalancer balancer = new LoadBalancer();
        ServedStore served = behind(balancer)) {
      for (String name : HostileStore.NAMES) {
        for (String path : List.of("/", HEAVY + "/1..2")) {
          String page = as(served, balancer, name, path).body();
          assertTrue(!name.contains("<") || !page.contains(name), path + page);
          assertTrue(page.contains("<p class=\"reader\">"), page);
          assertEquals(2, page.split("<script>", -1).length - 1, page);
          assertEquals(0, page.split("<(img|iframe|base|meta http)", -1).length - 1, page);
        }
      }
      assertEquals(List.of(), served.log);
    }
  }

  @Test
  void holdersOfTokens_getIn_untilTheirLineIsGone() throws Exception {
    Path tokens = folder.resolve("tokens");
    Files.writeString(tokens, "# people\njo " + sha256("one") + "\nci " + sha256("two") + "\n");
    try (ServedStore served = with(tokens)) {
      for (String path : PATHS) {
        assertClosed(served.send(served.request(path)), path);
        assertClosed(bearer(served, "three", path), path);
        assertClosed(bearer(served, sha256("one"), path), "the hash is no token");
      }
      assertTrue(served.send(served.request("/")).body().contains("<label for=\"t\">Token"));
      assertEquals(401, served.send(served.post("/session", "t=three")).statusCode());
      HttpResponse<String> opened = served.send(served.post("/session", "t=one"));
      assertEquals(303, opened.statusCode());
      String page = served.send(served.request("/")).body();
      assertTrue(page.contains("<p class=\"reader\">jo</p>"), page);
      assertEquals(200, bearer(served, "two", "/fleet.json").statusCode());
      Files.writeString(tokens, "ci " + sha256("two") + "\n");
      Files.setLastModifiedTime(
          tokens, java.nio.file.attribute.FileTime.from(Instant.now().plusSeconds(5)));
      assertClosed(served.send(served.request("/")), "jo has left");
      assertEquals(200, bearer(served, "two", "/fleet.json").statusCode());
      Files.delete(tokens);
      assertClosed(bearer(served, "two", "/"), "nobody knows who may");
    }
  }

  @Test
  void readerAccepts_underTheirName_andNobodyForThem() throws Exception {
    Path store = Files.copy(made, folder.resolve("accepting.duckdb"));
    Path tokens = folder.resolve("tokens-of-two");
    Files.writeString(tokens, "jo " + sha256("one") + "\nmax " + sha256("two") + "\n");
    try (ServedStore served = with(tokens, store)) {
      served.send(served.post("/session", "t=one"));
      String page = served.send(served.request(HEAVY + "/1..2")).body();
      String form = form(page) + "&reason=" + encoded("<b>wanted</b>") + "&until=2999-12-31";
      String others = form.replace(token(page), token(bearer(served, "two", "/sql").body()));
      assertEquals(403, served.send(served.post("/accept", others)).statusCode());
      assertEquals(403, served.send(elsewhere(served, form)).statusCode());
      for (String bad :
          List.of(
              form.replace("2999", "1999"),
              form.replace("2999-12-31", "soon"),
              form.replace("2999-12-31", "%2B999999999-12-31"),
              form.replaceFirst("reason=[^&]+", "reason=+"),
              form.replaceFirst("reason=", "reason=" + "x".repeat(501)))) {
        assertEquals(400, served.send(served.post("/accept", bad)).statusCode(), bad);
      }
      assertEquals(
          404, served.send(served.post("/accept", form.replace("heavy", "none"))).statusCode());
      assertEquals(List.of(), accepted(store));
      HttpResponse<String> given = served.send(served.post("/accept", form));
      assertEquals(303, given.statusCode(), given.body());
      String after =
          served.send(served.request(given.headers().firstValue("Location").orElse(""))).body();
      assertTrue(after.contains("until 31 Dec 2999 by jo: &lt;b&gt;wanted&lt;/b&gt;"), after);
      Acknowledgement one = accepted(store).get(0);
      assertEquals("jo <b>wanted</b>", one.givenBy() + " " + one.reason());
      assertEquals(303, served.send(served.post("/accept", form(after) + "&back=1")).statusCode());
      assertEquals(List.of(), accepted(store));
      assertEquals(List.of(), served.log);
    }
  }

  @Test
  void lake_isReadAsItIs_andKeepsWhatWasAcceptedBesideIt() throws Exception {
    Path above = Files.createDirectory(folder.resolve("bucket"));
    String lake = above.resolve("lake").toString();
    compact(lake, "checkout-api/quiet/v3", "checkout-api/quiet/v4");
    Files.writeString(
        above.resolve("frostline.toml"),
        "[[owner]]\nfunction = \"checkout-*\"\nteam = \"payments\"\n");
    Path tokens = folder.resolve("tokens-of-lake");
    Files.writeString(tokens, "jo " + sha256("one") + "\n");
    LakeSource source = new LakeSource(lake, folder.resolve("copy.duckdb"));
    Listening listening =
        new Listening(
            InetAddress.getLoopbackAddress(),
            0,
            "",
            Visitors.named(tokens),
            false,
            Duration.ofMillis(50));
    try (ServedStore served = new ServedStore(source, listening, source.policy())) {
      served.send(served.post("/session", "t=one"));
      String page = served.send(served.request(CHECKOUT)).body();
      assertTrue(page.contains(">payments</a>"), page);
      String form = form(page) + "&reason=wanted&until=2999-12-31";
      assertEquals(303, served.send(served.post("/accept", form)).statusCode());
      try (Place beside = Place.at(above.toString(), null)) {
        Acknowledgement one = new AcceptedBeside(beside).all().get(0);
        assertEquals("jo", one.givenBy());
        assertTrue(shows(served, "by jo: wanted"));
        new AcceptedBeside(beside).remove(one.account(), one.region(), one.function(), one.after());
      }
      while (shows(served, "by jo: wanted")) {
        Chromium.pause(); // the lake is looked at now and then
      }
      compact(lake, "inject-leaf/quiet/v1");
      while (!served.send(served.request("/fleet.json")).body().contains("inject-leaf")) {
        Chromium.pause();
      }
      assertEquals(List.of(), served.log);
    }
  }

  private static void compact(String lake, String... logs) {
    List<String> ingest =
        new ArrayList<>(
            List.of(
                "ingest", "--region", "eu-west-1", "--db", folder.resolve("written").toString()));
    for (String one : logs) {
      ingest.add(Cli.shared("lambda-python/" + one + ".ndjson.gz"));
    }
    Cli taken = Cli.run(ingest.toArray(new String[0]));
    assertEquals(0, taken.exitCode(), taken.err());
    Cli written = Cli.run("compact", "--db", folder.resolve("written").toString(), "--lake", lake);
    assertEquals(0, written.exitCode(), written.err());
  }

  private static boolean shows(ServedStore served, String words) {
    return served.send(served.request(CHECKOUT)).body().contains(words);
  }

  @Test
  void whoWatches_isToldWhetherItIsWell_andNoNames() throws Exception {
    Path tokens = folder.resolve("tokens-of-metrics");
    Files.writeString(tokens, "jo " + sha256("one") + "\n");
    URI url = URI.create("https://frostline.example.com");
    for (boolean open : List.of(false, true)) {
      Listening listening =
          new Listening(
              InetAddress.getByName("0.0.0.0"),
              0,
              url.toString(),
              Visitors.named(tokens),
              open,
              Duration.ZERO);
      try (ServedStore served = new ServedStore(new StoreSource(made), listening, Policy.NONE)) {
        int port = served.port();
        assertEquals("https://frostline.example.com/", served.address());
        String health = raw(port, "GET /healthz HTTP/1.1\r\nHost: 10.0.0.7:8080");
        assertTrue(health.startsWith("HTTP/1.1 200 ") && health.endsWith("\nok\n"), health);
        raw(
            port,
            "GET /judged HTTP/1.1\r\nHost: frostline.example.com\r\nAuthorization: Bearer one");
        String metrics = raw(port, "GET /metrics HTTP/1.1\r\nHost: 10.0.0.7:8080");
        assertEquals(open, metrics.startsWith("HTTP/1.1 200 "), metrics);
        assertEquals(open, metrics.contains("\nfrostline_open_findings 2\n"), metrics);
        assertFalse(metrics.contains("heavy"), metrics);
        String asked = "GET /metrics HTTP/1.1\r\nHost: frostline.example.com\r\n";
        String known = raw(port, asked + "Authorization: Bearer one");
        assertTrue(known.contains("frostline_http_responses_total{status=\"200\"} "), known);
        for (String host : List.of("127.0.0.1:" + port, "evil.example", "10.0.0.7:8080")) {
          String other =
              raw(port, "GET / HTTP/1.1\r\nHost: " + host + "\r\nAuthorization: Bearer one");
          assertTrue(other.startsWith("HTTP/1.1 403 "), host + other);
        }
        String session =
            raw(
                port,
                "POST /session HTTP/1.1\r\nHost: frostline.example.com\r\nOrigin: "
                    + url
                    + "\r\nContent-Length: 5",
                "t=one");
        assertTrue(session.contains("HttpOnly; SameSite=Strict; Secure"), session);
      }
    }
  }

  @Test
  void pageForOthers_thatAsksNobody_isRefused() throws Exception {
    Path tokens = folder.resolve("tokens-that-are-none");
    Files.writeString(tokens, "jo " + sha256("one") + "\n");
    Path bad = folder.resolve("bad-tokens");
    Files.writeString(bad, "\njo hunter2\n");
    Map<List<String>, String> refused = new LinkedHashMap<>();
    refused.put(List.of("--bind", "0.0.0.0"), "Say who may read");
    refused.put(List.of("--bind", "::"), "Say who may read");
    refused.put(List.of("--bind", "no.such.host.invalid"), "No address of this machine");
    refused.put(List.of("--bind", "0.0.0.0", "--token-file", tokens.toString()), "--url https://");
    refused.put(
        List.of("--url", "frostline.example.com", "--token-file", tokens.toString()),
        "No address of a page");
    refused.put(List.of("--token-file", bad.toString()), "bad-tokens:2: write a name and");
    refused.put(List.of("--token-file", "/no/such/file"), "Cannot read the tokens");
    refused.put(List.of("--alb-arn", LoadBalancer.ARN), "--issuer URL");
    refused.put(List.of("--alb-arn", "arn:x", "--issuer", "https://x"), "No Application Load");
    refused.put(List.of("--issuer", "https://x"), "belong to --alb-arn");
    refused.put(
        List.of("--token-file", tokens.toString(), "--alb-arn", LoadBalancer.ARN), "Choose one");
    refused.forEach(
        (options, reason) -> {
          List<String> words =
              new ArrayList<>(List.of("serve", "--db", made.toString(), "--port", "0"));
          words.addAll(options);
          Cli cli = Cli.run(words.toArray(new String[0]));
          assertTrue(cli.exitCode() > 0 && cli.err().contains(reason), options + cli.err());
        });
  }

  private static List<Acknowledgement> accepted(Path store) throws Exception {
    try (Store opened = Store.openReadOnly(store)) {
      return new Acknowledgements(opened.connection()).all();
    }
  }

  private static ServedStore behind(LoadBalancer balancer) throws IOException {
    return served(Visitors.signedIn(LoadBalancer.ARN, LoadBalancer.ISSUER, balancer.keys()), made);
  }

  private static ServedStore with(Path tokens) throws IOException {
    return with(tokens, made);
  }

  private static ServedStore with(Path tokens, Path store) throws IOException {
    return served(Visitors.named(tokens), store);
  }

  private static ServedStore served(Visitors visitors, Path store) throws IOException {
    return new ServedStore(
        new StoreSource(store),
        new Listening(InetAddress.getLoopbackAddress(), 0, "", visitors, false, Duration.ZERO),
        Policy.NONE);
  }

  private static HttpResponse<String> as(
      ServedStore served, LoadBalancer balancer, String name, String path) {
    return served.send(served.request(path).header("x-amzn-oidc-data", balancer.token(name)));
  }

  private static HttpResponse<String> bearer(ServedStore served, String token, String path) {
    return java.net.http.HttpClient.newHttpClient()
        .sendAsync(
            served.request(path).header("Authorization", "Bearer " + token).build(),
            HttpResponse.BodyHandlers.ofString())
        .join();
  }

  private static HttpRequest.Builder elsewhere(ServedStore served, String form) {
    return served
        .request("/accept")
        .header("Origin", "https://evil.example")
        .POST(HttpRequest.BodyPublishers.ofString(form));
  }

  /** The hidden fields of the form of a comparison. */
  private static String form(String page) {
    String accept = page.substring(page.indexOf("action=\"/accept\""));
    StringBuilder form = new StringBuilder();
    Matcher field =
        Pattern.compile("<input type=\"hidden\" name=\"(\\w+)\" value=\"([^\"]*)\"")
            .matcher(accept.substring(0, accept.indexOf("</form>")));
    while (field.find()) {
      form.append(form.isEmpty() ? "" : "&")
          .append(field.group(1))
          .append('=')
          .append(encoded(field.group(2)));
    }
    return form.toString();
  }

  private static String token(String page) {
    Matcher token = Pattern.compile("name=\"token\" value=\"([^\"]+)\"").matcher(page);
    assertTrue(token.find());
    return token.group(1);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static String sha256(String token) throws Exception {
    return HexFormat.of()
        .formatHex(
            MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8)));
  }

  private static String raw(int port, String request) throws IOException {
    return raw(port, request, "");
  }

  /** The whole answer to a request as written. */
  private static String raw(int port, String request, String body) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        OutputStream out = socket.getOutputStream();
        BufferedReader in =
            new BufferedReader(
                new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))) {
      out.write(
          (request + "\r\nConnection: close\r\n\r\n" + body).getBytes(StandardCharsets.UTF_8));
      StringBuilder answer = new StringBuilder();
      String line;
      while ((line = in.readLine()) != null) {
        answer.append(line).append('\n');
      }
      return answer.toString();
    }
  }
}
