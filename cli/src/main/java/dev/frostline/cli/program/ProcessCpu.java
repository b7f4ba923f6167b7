package dev.frostline.cli.program;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * The CPU time that a process of Linux has taken, read from outside so that nothing of it is ours.
 * The kernel counts nanoseconds for threads that live, as in {@code 104845 860185 2}, and for all
 * of the process only ticks of 10 ms, which those that have ended are part of.
 */
final class ProcessCpu {
  private static final long MICROS_A_TICK = 10_000;

  private final Path process;
  private final Map<String, Long> threads = new HashMap<>();

  ProcessCpu(long pid) {
    process = Path.of("/proc", String.valueOf(pid));
  }

  /** Microseconds until now. Of a thread that has ended counts what it had when last asked. */
  long micros() throws IOException {
    try (DirectoryStream<Path> living = Files.newDirectoryStream(process.resolve("task"))) {
      for (Path thread : living) {
        read(thread);
      }
    }
    long exact = threads.values().stream().mapToLong(Long::longValue).sum() / 1000;
    return Math.max(exact, ticks() * MICROS_A_TICK);
  }

  private void read(Path thread) throws IOException {
    try {
      String nanos = Files.readString(thread.resolve("schedstat")).split(" ", 2)[0];
      threads.put(thread.getFileName().toString(), Long.valueOf(nanos));
    } catch (NoSuchFileException e) {
      threads.putIfAbsent(thread.getFileName().toString(), 0L); // it has ended meanwhile
    }
  }

  /** In user and in kernel mode: the 14th and 15th word, of which the second may hold blanks. */
  private long ticks() throws IOException {
    String stat = Files.readString(process.resolve("stat"));
    String[] words = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    return Long.parseLong(words[11]) + Long.parseLong(words[12]);
  }
}
