package dev.frostline.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.Test;
import scala.Tuple2;

/** What is packed comes back as it was, whatever its order; in the order of a lake it is short. */
final class TimingPackTest {
  @Test
  void rows_comeBack_inTheirOrder() {
    Random random = new Random(7);
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 200_000; i++) {
      rows.add(
          RowFactory.create(
              "1/eu-west-1/f" + i / 90_000,
              random.nextInt(4) == 0 ? random.nextLong() : (long) random.nextInt(50),
              random.nextInt(3) == 0 ? Integer.MAX_VALUE : random.nextInt(600),
              random.nextInt(2) == 0 ? -1 : random.nextInt(600),
              "pakke.\u00e6\u2028\ud83d\ude00" + random.nextInt(3),
              random.nextInt(5) == 0 ? Long.MAX_VALUE : (long) random.nextInt(90_000),
              random.nextBoolean()));
    }
    assertEquals(rows, unpacked(rows));
  }

  @Test
  void rows_inTheOrderOfALake_takeAFewBytesEach() {
    List<Row> rows = new ArrayList<>();
    Random random = new Random(11);
    for (int name = 0; name < 300; name++) {
      for (long start = 0; start < 100; start++) {
        rows.add(
            RowFactory.create(
                "1/eu-west-1/checkout",
                start << 50 | start * 7919,
                name,
                name / 5,
                "package" + name / 20 + ".module" + name,
                20L + random.nextInt(4_000),
                false));
      }
    }
    long bytes = 0;
    for (TimingPack packs = new TimingPack(rows.iterator()); packs.hasNext(); ) {
      bytes += packs.next()._2.length;
    }
    assertTrue(bytes < 8L * rows.size(), bytes + " bytes for " + rows.size() + " rows");
    rows.sort(Comparator.comparing(row -> row.getInt(2) * 31 % 300));
    assertEquals(rows, unpacked(rows));
  }

  @Test
  void noRows_noPack() {
    assertEquals(List.of(), unpacked(List.of()));
  }

  private static List<Row> unpacked(List<Row> rows) {
    List<Row> unpacked = new ArrayList<>();
    for (TimingPack packs = new TimingPack(rows.iterator()); packs.hasNext(); ) {
      Tuple2<String, byte[]> pack = packs.next();
      TimingPack.read(
          pack._2,
          (start, seq, parent, name, self, invoke) ->
              unpacked.add(RowFactory.create(pack._1, start, seq, parent, name, self, invoke)));
    }
    return unpacked;
  }
}
