package dev.frostline.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;

/**
 * What a process took.
 *
 * @param cpuSeconds of all its threads
 * @param mostMegabytes the most memory that it held at once, heap, engine and all; 0 where the
 *     system does not tell
 */
record ProcessCost(double cpuSeconds, long mostMegabytes) {
  private static final long LOOKED_AT_EVERY_MS = 20;

  /** Waits for its end, and looks at it meanwhile. */
  static ProcessCost of(Process process) throws InterruptedException {
    Duration cpu = Duration.ZERO;
    long most = 0;
    while (process.isAlive()) {
      cpu = process.info().totalCpuDuration().orElse(cpu);
      most = Math.max(most, mostMemory(process.pid()));
      Thread.sleep(LOOKED_AT_EVERY_MS);
    }
    return new ProcessCost(cpu.toMillis() / 1e3, most >> 10);
  }

  /** In kB; 0 where the system does not tell. */
  private static long mostMemory(long process) {
    try {
      for (String line : Files.readAllLines(Path.of("/proc/" + process + "/status"))) {
        if (line.startsWith("VmHWM:")) {
          return Long.parseLong(line.replaceAll("\\D", ""));
        }
      }
    } catch (IOException e) {
      return 0; // it has just ended
    }
    return 0;
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT, "%.1f CPU-s, at most %,d MB of memory", cpuSeconds, mostMegabytes);
  }
}
