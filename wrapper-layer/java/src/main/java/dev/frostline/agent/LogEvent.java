package dev.frostline.agent;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Where the lines go: as one event through the runtime client's logger, which on Lambda frames it
 * for the telemetry pipe; as lines on stderr where there is no such pipe, so that nothing of ours
 * is ever on stdout. A log in JSON gets JSON events.
 */
final class LogEvent {
  private static final String CORE = "com.amazonaws.services.lambda.runtime.";
  private static final int MOST_RAW_CHARACTERS = 30_000; // the platform may cut longer raw lines

  private LogEvent() {}

  static void write(Settings settings, String lines, boolean throughLogger) throws IOException {
    boolean piped = !Settings.env("_LAMBDA_TELEMETRY_LOG_FD").isEmpty();
    if (throughLogger && piped && logged(lines, settings.jsonLevel())) {
      return;
    }
    stderr(lines, settings.jsonLevel());
  }

  static void fault(Settings settings, Throwable fault) throws IOException {
    String kind = fault.getClass().getSimpleName();
    stderr("FROSTLINE fault v=1 id=" + settings.id + " error=" + kind + "\n", settings.jsonLevel());
  }

  /**
   * By reflection, as the classes are the runtime's and may be of any version. Where the client
   * could not open the pipe, which takes this constructor, it logs to stdout.
   */
  private static boolean logged(String lines, @Nullable String level) {
    try {
      FileDescriptor.class.getDeclaredConstructor(int.class).setAccessible(true);
      ClassLoader loader = ClassLoader.getSystemClassLoader();
      Object logger =
          Class.forName(CORE + "LambdaRuntime", true, loader).getMethod("getLogger").invoke(null);
      Class<?> type = Class.forName(CORE + "LambdaLogger", true, loader);
      if (level == null) {
        byte[] event = lines.trim().getBytes(StandardCharsets.UTF_8);
        type.getMethod("log", byte[].class).invoke(logger, (Object) event);
        return true;
      }
      Class<?> levels = Class.forName(CORE + "logging.LogLevel", true, loader);
      Object kept = levels.getMethod("fromString", String.class).invoke(null, level);
      Method log = type.getMethod("log", byte[].class, levels);
      log.invoke(logger, json(lines, level).getBytes(StandardCharsets.UTF_8), kept);
      return true;
    } catch (ReflectiveOperationException | LinkageError | RuntimeException e) {
      return false;
    }
  }

  private static void stderr(String lines, @Nullable String level) throws IOException {
    StringBuilder text = new StringBuilder(lines.length() + 200);
    if (level == null) {
      text.append(lines);
    } else {
      for (int start = 0; start < lines.length(); ) {
        int end = endOfPart(lines, start);
        text.append(json(lines.substring(start, end), level)).append('\n');
        start = end;
      }
    }
    FileOutputStream stderr = new FileOutputStream(FileDescriptor.err); // stays open: not ours
    stderr.write(text.toString().getBytes(StandardCharsets.UTF_8));
  }

  private static int endOfPart(String lines, int start) {
    if (lines.length() - start <= MOST_RAW_CHARACTERS) {
      return lines.length();
    }
    int end = lines.lastIndexOf('\n', start + MOST_RAW_CHARACTERS);
    return end <= start ? lines.length() : end + 1;
  }

  private static String json(String lines, String level) {
    StringBuilder json = new StringBuilder(lines.length() + 200);
    json.append("{\"timestamp\":\"").append(UtcTime.now());
    json.append("\",\"level\":\"").append(level).append("\",\"message\":\"");
    String text = lines.trim();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\n') {
        json.append("\\n");
      } else if (c == '"' || c == '\\') {
        json.append('\\').append(c);
      } else if (c >= ' ') {
        json.append(c);
      }
    }
    return json.append("\"}").toString();
  }
}
