package dev.frostline.agent;

/** The begin line of a start without the wrapper, whose own is otherwise in the log already. */
final class BeginLine {
  private static final String LAYER = "0.1.0";

  private BeginLine() {}

  static String of(Settings settings) {
    StringBuilder line = new StringBuilder(300);
    line.append("FROSTLINE begin v=1 id=").append(settings.id).append(" rt=java");
    say(line, "env", Settings.env("AWS_EXECUTION_ENV"));
    say(line, "fn", Settings.env("AWS_LAMBDA_FUNCTION_NAME"));
    say(line, "ver", Settings.env("AWS_LAMBDA_FUNCTION_VERSION"));
    say(line, "mem", Settings.env("AWS_LAMBDA_FUNCTION_MEMORY_SIZE"));
    String arch = System.getProperty("os.arch", "");
    say(line, "arch", arch.equals("amd64") ? "x86_64" : arch.replace("aarch64", "arm64"));
    say(line, "init", Settings.env("AWS_LAMBDA_INITIALIZATION_TYPE"));
    say(line, "handler", handler());
    say(line, "mode", settings.mode);
    say(line, "sample", Settings.env("FROSTLINE_SAMPLE"));
    say(line, "layer", LAYER);
    say(line, "dep", Settings.env("FROSTLINE_DEPLOYMENT"));
    return line.append('\n').toString();
  }

  private static String handler() {
    for (String name : new String[] {"DD_LAMBDA_HANDLER", "ORIG_HANDLER", "_HANDLER"}) {
      if (!Settings.env(name).isEmpty()) {
        return Settings.env(name);
      }
    }
    return "";
  }

  private static void say(StringBuilder line, String key, String value) {
    if (value.isEmpty()) {
      return;
    }
    line.append(' ').append(key).append('=');
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c <= ' ' || c == '%' || c == 0x7f) {
        line.append('%').append(Character.toUpperCase(Character.forDigit(c >> 4, 16)));
        line.append(Character.toUpperCase(Character.forDigit(c & 15, 16)));
      } else {
        line.append(c);
      }
    }
  }
}
