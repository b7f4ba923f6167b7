package dev.frostline.store;

import dev.frostline.coldstart.Stream;
import dev.frostline.timing.StreamId;
import dev.frostline.timing.TimedLine;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A process that takes streams into a store, one a transaction, and prints a dot after each. */
final class StoreWriter {
  private StoreWriter() {}

  public static void main(String[] arguments) {
    try (Store store = Store.open(Path.of(arguments[0]))) {
      for (int number = 0; number < Integer.parseInt(arguments[1]); number++) {
        StreamId id = id(number);
        List<TimedLine> lines = stream(id, number).lines();
        try (Ingestion ingestion = store.ingest("file", String.valueOf(number))) {
          ingestion.add(id, lines);
          ingestion.commit(lines.size(), 0, Map.of());
        }
        System.out.print('.');
        System.out.flush();
      }
    }
  }

  static Process start(Path file, int streams) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            StoreWriter.class.getName(),
            file.toString(),
            String.valueOf(streams))
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  static Map<StreamId, List<TimedLine>> streams(int count) {
    Map<StreamId, List<TimedLine>> streams = new TreeMap<>();
    for (int number = 0; number < count; number++) {
      streams.put(id(number), stream(id(number), number).lines());
    }
    return streams;
  }

  static Stream stream(StreamId id, int number) {
    return new Stream(id)
        .initStart()
        .header()
        .row(1, 3, 3, "zipimport")
        .row(0, 10, 13, "site")
        .row(1, 200 + number, 200 + number, "catalog.patterns")
        .row(0, 20, 220 + number, "catalog")
        .loaded(0, 7, 227 + number, "app", 1)
        .at(300)
        .start("a")
        .report("a", 290)
        .start("b")
        .report("b", null);
  }

  private static StreamId id(int number) {
    return Stream.of("2026/09/19/[4]" + String.format("%032x", number));
  }
}
