package dev.frostline.agent;

import java.io.File;
import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.jar.JarFile;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * Where the JVM begins, before the runtime client's main method, and all that its agent's jar
 * holds: a JVM does not start with a broken agent, so the wrapper looks whether that jar is whole,
 * which takes bash long for more than this. The other classes are in a jar beside it; whatever is
 * wrong with them leaves the function as it would be without the agent.
 */
public final class Agent {
  private static final String CLASSES = "agent-classes.jar";
  private static final int CHECKSUM_LENGTH = 8;

  private Agent() {}

  /** Called by the JVM for {@code -javaagent:agent.jar=ARGUMENT}. */
  public static void premain(@Nullable String argument, Instrumentation instrumentation) {
    long began = System.nanoTime();
    try {
      File own = new File(Agent.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      File classes = new File(own.getParentFile(), CLASSES);
      if (!isWhole(Files.readAllBytes(classes.toPath()))) {
        throw new IOException(CLASSES + " is broken");
      }
      instrumentation.appendToSystemClassLoaderSearch(new JarFile(classes));
      Capture.start(argument, instrumentation, began);
    } catch (Throwable e) {
      System.err.println("FROSTLINE fault v=1 error=" + e.getClass().getSimpleName());
    }
  }

  /** Whether it ends in the CRC-32, as hex digits, of what is before. */
  private static boolean isWhole(byte[] jar) {
    int length = Math.max(0, jar.length - CHECKSUM_LENGTH);
    CRC32 checksum = new CRC32();
    checksum.update(jar, 0, length);
    String expected = new String(jar, length, jar.length - length, StandardCharsets.US_ASCII);
    return expected.equals(Long.toHexString(1L << 32 | checksum.getValue()).substring(1));
  }
}
