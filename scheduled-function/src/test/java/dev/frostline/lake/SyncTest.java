package dev.frostline.lake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.frostline.store.Ingestion;
import dev.frostline.store.Store;
import dev.frostline.timing.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SyncTest {
  @TempDir Path folder = Path.of("");

  @Test
  void objectsThatCannotBeRead_areNamed_andAllOthersAreStored() throws IOException {
    Place landing = Place.at(folder.resolve("landing").toString(), null);
    Logs.land(landing);
    List<String> good = landing.keys("landing");
    Path some = folder.resolve("landing").resolve(good.get(0));
    byte[] newer = Files.readAllBytes(some);
    newer[3]++;
    Files.write(some.resolveSibling("00-newer"), sealed(newer));
    byte[] forged = Files.readAllBytes(some);
    Arrays.fill(forged, forged.length - 60, forged.length - 8, (byte) 0x7f);
    Files.write(some.resolveSibling("00-forged"), sealed(forged));
    Files.write(some.resolveSibling("00-text"), "a note\n".getBytes(StandardCharsets.UTF_8));
    Listening listening = new Listening();
    try (Store store = Store.open(folder.resolve("s.duckdb"))) {
      assertEquals(0, new Sync(landing, store).run(Instant.MAX, listening));
      assertEquals(good.size(), store.landed(landing.keys("landing")).size());
    }
    assertTrue(listening.stored > 0);
    assertEquals(
        List.of("00-forged", "00-newer", "00-text"), List.copyOf(listening.failed.keySet()));
    assertTrue(
        listening
            .failed
            .toString()
            .contains("00-newer=a landing object of format 2, this Frostline"),
        listening.failed.toString());
  }

  private static byte[] sealed(byte[] object) {
    byte[] content = Arrays.copyOf(object, object.length - 8);
    System.arraycopy(Sha256.of(content), 0, object, content.length, 8);
    return object;
  }

  private static final class Listening implements Sync.Listener {
    private final Map<String, String> failed = new TreeMap<>();
    private long stored;

    @Override
    public void found(int objects) {
      assertTrue(objects > 3);
    }

    @Override
    public void stored(Ingestion.Summary group) {
      stored += group.lines().stored();
    }

    @Override
    public void failed(String key, String reason) {
      failed.put(key.substring(key.lastIndexOf('/') + 1), reason);
    }
  }
}
