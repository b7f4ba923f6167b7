package dev.frostline.benchmarks;

import dev.frostline.store.Store;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The served page under viewers, slow connections and hostile SQL: {@code ServeLoad [--db FILE]
 * [--functions 500 --viewers 50 --seconds 60 --think-ms 5000 --slow 1500 --hostile 20 --greedy
 * 500]}, the store with two deployments of its functions; each view's times beside those of an
 * answer that asks nothing. Four phases on one real {@code frostline serve}: viewers alone, with
 * connections that never finish their request, with statements that are all at once out for CPU,
 * memory or files, and with clients of another session that ask without a pause.
 */
public final class ServeLoad {
  private static final PrintStream OUT = new PrintStream(System.out, true, StandardCharsets.UTF_8);

  /** The attacks of every kind: processor, memory, result size, files, several statements. */
  private static final List<String> HOSTILE =
      List.of(
          "SELECT count(*) FROM range(100000000000) a",
          "SELECT count(*) FROM range(1000000) a, range(1000000) b",
          "WITH RECURSIVE t AS (SELECT 1 AS x UNION ALL SELECT x + 1 FROM t) SELECT max(x) FROM t",
          "SELECT length(repeat('x', 4000000000))",
          "SELECT printf('%s', repeat('x', 2000000000))",
          "SELECT list(x) FROM range(500000000) t(x)",
          "FROM range(50000000)",
          "SELECT x FROM range(200000000) t(x) ORDER BY hash(x)",
          "SELECT regexp_matches(repeat('a', 100000), '(a+)+$') FROM range(100000)",
          "SELECT * FROM read_text('/etc/passwd')",
          "SELECT 1; DROP TABLE cold_start",
          "COPY cold_start TO '/tmp/stolen.csv'");

  /** Answered without the store: what a request costs that asks nothing. */
  private static final String EMPTY = "/healthz";

  /** So many functions are looked at, of which the first look sees a fifth: most pages are new. */
  private static final int LOOKED_AT = 150;

  private static final int FIRST_LOOK = 5;

  /** So many of the paths are of the whole fleet. */
  private static final int OVERVIEWS = 4;

  private final ServeProcess served;
  private final List<String> paths;
  private final Map<String, String> options;
  private volatile long end;

  /** Of the phase that runs, where it is told view by view. */
  private volatile Map<String, Latencies> byView = new ConcurrentHashMap<>();

  private ServeLoad(ServeProcess served, List<String> paths, Map<String, String> options) {
    this.served = served;
    this.paths = paths;
    this.options = options;
  }

  public static void main(String[] arguments) throws Exception {
    Map<String, String> options = Options.of(arguments);
    String given = options.getOrDefault("--db", "");
    try (WorkFolder work = WorkFolder.make("load")) {
      Path store = given.isEmpty() ? made(work.path(), options) : Path.of(given);
      try (ServeProcess served = new ServeProcess(store)) {
        new ServeLoad(served, PagePaths.of(served, LOOKED_AT), options).play();
      }
    }
  }

  /** A fleet of two deployments each, which has its verdicts. */
  private static Path made(Path folder, Map<String, String> options) throws Exception {
    Path file = folder.resolve("store.duckdb");
    FleetSpeed.fill(file, options.getOrDefault("--functions", "500"), "2", "20", "40");
    try (Store store = Store.open(file)) {
      store.judge();
    }
    return file;
  }

  private void play() throws Exception {
    Latencies first = new Latencies();
    String reader = served.session();
    double before = served.cpuSeconds();
    int seen = paths.size() / FIRST_LOOK;
    for (String path : paths.subList(0, seen)) {
      ask(reader, path, first);
    }
    first.print("first look at " + seen + " pages, one by one", served.cpuSeconds() - before);
    Map<String, Latencies> views = new ConcurrentSkipListMap<>();
    byView = views;
    phase("viewers", List.of());
    byView = new ConcurrentHashMap<>();
    views.forEach((view, latencies) -> latencies.print("  " + view, 0));
    String cookie = served.session();
    Latencies greedy = new Latencies();
    phase("viewers, greedy clients", threads("--greedy", 500, seed -> hurry(seed, cookie, greedy)));
    greedy.print("greedy clients", 0);
    OUT.printf(Locale.ROOT, "peak memory of the page so far %d MB%n", served.peakMb("page"));
    List<Thread> slow = threads("--slow", 1500, seed -> holdOpen());
    phase("viewers, slow connections", slow);
    String page = served.get("/sql").body();
    Matcher form = Pattern.compile("name=\"token\" value=\"([^\"]+)\"").matcher(page);
    if (!form.find()) {
      throw new IOException("The SQL page has no form");
    }
    Map<Integer, Integer> answers = new ConcurrentSkipListMap<>();
    List<Thread> hostile = threads("--hostile", 20, seed -> attack(seed, form.group(1), answers));
    phase("viewers, hostile SQL", hostile);
    long begun = System.nanoTime();
    int status = served.run("SELECT 42", form.group(1)).statusCode();
    OUT.printf(
        Locale.ROOT,
        "hostile SQL answered by status %s; then SELECT 42: %d in %.2f s%npeak memory: page %d MB,"
            + " SQL worker %d MB%n",
        answers,
        status,
        (System.nanoTime() - begun) / 1e9,
        served.peakMb("page"),
        served.peakMb("worker"));
  }

  private void phase(String name, List<Thread> others) throws Exception {
    Latencies latencies = new Latencies();
    double cpu = served.cpuSeconds();
    long seconds = number("--seconds", 60);
    end = System.nanoTime() + seconds * 1_000_000_000;
    List<Thread> all = new ArrayList<>(others);
    all.addAll(threads("--viewers", 50, seed -> view(seed, latencies)));
    all.forEach(Thread::start);
    while (System.nanoTime() < end) {
      served.look();
      Thread.sleep(200);
    }
    for (Thread thread : all) {
      thread.join();
    }
    latencies.print(name, served.cpuSeconds() - cpu);
  }

  private void view(int seed, Latencies latencies) throws Exception {
    SplittableRandom random = new SplittableRandom(seed); // Random's first of seeds 0 to 49 is 0.73
    long think = number("--think-ms", 5000);
    String session = served.session();
    while (System.nanoTime() < end) {
      Thread.sleep((long) (2 * think * random.nextDouble()));
      boolean isOverview = random.nextInt(3) == 0;
      String path = paths.get(random.nextInt(isOverview ? OVERVIEWS : paths.size()));
      ask(session, path, latencies, byView.computeIfAbsent(view(path), name -> new Latencies()));
      ask(session, EMPTY, byView.computeIfAbsent("nothing", name -> new Latencies()));
    }
  }

  /** Which view is at a path. */
  private static String view(String path) {
    String[] parts = path.split("/", -1);
    return switch (parts[1]) {
      case "" -> "fleet";
      case "f" -> parts.length == 5 ? "function" : "comparison";
      case "c" -> "cold start";
      default -> parts[1];
    };
  }

  private void ask(String session, String path, Latencies... latencies)
      throws InterruptedException {
    long begun = System.nanoTime();
    int status;
    try {
      status = served.getWith(session, path).statusCode();
    } catch (IOException e) {
      status = 0;
    }
    long took = System.nanoTime() - begun;
    for (Latencies one : latencies) {
      one.add(status, took);
    }
  }

  private void hurry(int seed, String cookie, Latencies latencies) throws InterruptedException {
    for (int i = seed; System.nanoTime() < end; i++) {
      long begun = System.nanoTime();
      try {
        int status = served.getWith(cookie, paths.get(i % paths.size())).statusCode();
        latencies.add(status, System.nanoTime() - begun);
        Thread.sleep(status == 200 ? 0 : 200);
      } catch (IOException e) {
        latencies.add(0, System.nanoTime() - begun);
        Thread.sleep(200);
      }
    }
  }

  /** A request that comes a byte at a time and never ends; opened again when it is cut. */
  private void holdOpen() throws Exception {
    while (System.nanoTime() < end) {
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), served.port())) {
        socket.getOutputStream().write("GET / HTTP/1.1\r\nX: ".getBytes(StandardCharsets.US_ASCII));
        while (System.nanoTime() < end) {
          Thread.sleep(3000);
          socket.getOutputStream().write('x');
        }
      } catch (IOException e) {
        Thread.sleep(100);
      }
    }
  }

  private void attack(int seed, String formToken, Map<Integer, Integer> answers)
      throws InterruptedException {
    for (int i = seed; System.nanoTime() < end; i++) {
      try {
        int status = served.run(HOSTILE.get(i % HOSTILE.size()), formToken).statusCode();
        answers.merge(status, 1, Integer::sum);
      } catch (IOException e) {
        answers.merge(0, 1, Integer::sum);
      }
      Thread.sleep(100);
    }
  }

  /** What one of the threads does until the phase ends. */
  private interface Work {
    void run(int seed) throws Exception;
  }

  private List<Thread> threads(String option, int usual, Work work) {
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < number(option, usual); i++) {
      int seed = i;
      threads.add(new Thread(null, () -> quietly(work, seed), option + i, 128 << 10));
    }
    return threads;
  }

  private static void quietly(Work work, int seed) {
    try {
      work.run(seed);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private int number(String option, int usual) {
    return Integer.parseInt(options.getOrDefault(option, String.valueOf(usual)));
  }

  /** How long requests took, and how they ended: 0 stands for no answer at all. */
  private static final class Latencies {
    private final List<Long> nanos = new ArrayList<>();
    private final Map<Integer, Integer> statuses = new TreeMap<>();

    synchronized void add(int status, long took) {
      nanos.add(took);
      statuses.merge(status, 1, Integer::sum);
    }

    synchronized void print(String name, double cpuSeconds) {
      nanos.sort(null);
      OUT.printf(
          Locale.ROOT,
          "%-40s %5d requests %s  p50 %4.0f ms  p95 %4.0f ms  most %4.0f ms  %4.0f CPU-ms each%n",
          name,
          nanos.size(),
          statuses,
          at(0.5),
          at(0.95),
          at(1),
          1000 * cpuSeconds / Math.max(1, nanos.size()));
    }

    private double at(double share) {
      return nanos.isEmpty() ? 0 : nanos.get((int) ((nanos.size() - 1) * share)) / 1e6;
    }
  }
}
