package dev.frostline.benchmarks;

import dev.frostline.verdict.history.HostLoad;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** Real starts of one program, as {@code collect_starts.py} wrote them, in the order of time. */
final class StartPool {
  /** One start in columns. */
  static final class Start {
    private final int number;
    private final String state;
    private final double initMs;
    private final int[] name;
    private final long[] selfMicros;
    private final int[] parent;
    private final @Nullable HostLoad host;

    private Start(
        int number,
        String state,
        double initMs,
        int[] name,
        long[] selfMicros,
        int[] parent,
        @Nullable HostLoad host) {
      this.number = number;
      this.state = state;
      this.initMs = initMs;
      this.name = name;
      this.selfMicros = selfMicros;
      this.parent = parent;
      this.host = host;
    }

    int number() {
      return number;
    }

    String state() {
      return state;
    }

    double initMs() {
      return initMs;
    }

    int[] name() {
      return name;
    }

    long[] selfMicros() {
      return selfMicros;
    }

    int[] parent() {
      return parent;
    }

    @Nullable HostLoad host() {
      return host;
    }

    double totalMicros() {
      double sum = 0;
      for (long self : selfMicros) {
        sum += self;
      }
      return sum;
    }
  }

  final String program;
  final List<Start> starts = new ArrayList<>();
  final List<String> names = new ArrayList<>();
  private final Map<String, Integer> ids = new HashMap<>();

  private StartPool(String program) {
    this.program = program;
  }

  static StartPool read(Path file) throws IOException {
    String name = file.getFileName().toString();
    StartPool pool = new StartPool(name.substring(0, name.indexOf('.')));
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
      lines.readLine();
      List<String[]> rows = new ArrayList<>();
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String[] row = line.split(",");
        if (!rows.isEmpty() && !rows.get(0)[0].equals(row[0])) {
          pool.add(rows);
          rows.clear();
        }
        rows.add(row);
      }
      pool.add(rows);
    }
    return pool;
  }

  private void add(List<String[]> rows) {
    int n = rows.size();
    int[] name = new int[n];
    long[] self = new long[n];
    int[] depth = new int[n];
    for (int i = 0; i < n; i++) {
      name[i] = ids.computeIfAbsent(rows.get(i)[6], this::number);
      self[i] = Long.parseLong(rows.get(i)[5]);
      depth[i] = Integer.parseInt(rows.get(i)[4]);
    }
    String[] first = rows.get(0);
    starts.add(
        new Start(
            starts.size(),
            first[1],
            Double.parseDouble(first[2]),
            name,
            self,
            parents(depth),
            host(first)));
  }

  private int number(String name) {
    names.add(name);
    return names.size() - 1;
  }

  /** What getrusage said; pools collected without it have seven columns. */
  private static @Nullable HostLoad host(String[] row) {
    return row.length < 9 ? null : new HostLoad(Integer.parseInt(row[7]), Integer.parseInt(row[8]));
  }

  /** A parent follows its children and stands one level above them. */
  private static int[] parents(int[] depth) {
    int[] parent = new int[depth.length];
    int[] next = new int[depth.length + 2];
    java.util.Arrays.fill(next, -1);
    for (int i = depth.length - 1; i >= 0; i--) {
      parent[i] = depth[i] == 0 ? -1 : next[depth[i] - 1];
      next[depth[i]] = i;
    }
    return parent;
  }
}
