package dev.frostline.agent;

import org.jspecify.annotations.Nullable;

/**
 * The end line: why init is over, how long it took, what was recorded, and the state of JVM and
 * host.
 *
 * <pre>
 * FROSTLINE end v=1 id=3f9c0d2e why=next since=begin init_us=1264252 records=179 dropped=0 small_n=549 small_us=11728 …
 * </pre>
 */
final class EndLine {
  private final StringBuilder line = new StringBuilder(600);
  private final Settings settings;

  EndLine(Settings settings, String why) {
    this.settings = settings;
    line.append("FROSTLINE end v=1 id=").append(settings.id).append(" why=").append(why);
  }

  void rows(RowText rows, int threads) {
    JvmCounters jvm = JvmCounters.now();
    since(jvm);
    say("records", rows.written);
    say("dropped", rows.dropped);
    say("small_n", rows.smallCount);
    say("small_us", RowText.micros(rows.smallNanos));
    say("threads", threads);
    jvm.append(line, "gc_us", "sun.gc.collector.0.time", "sun.gc.collector.1.time");
    jvm.append(line, "gc_n", "sun.gc.collector.0.invocations", "sun.gc.collector.1.invocations");
    jvm.append(line, "loaded", "java.cls.loadedClasses");
    jvm.append(line, "shared", "java.cls.sharedLoadedClasses");
    jvm.append(line, "load_us", "sun.cls.appClassLoadTime.self");
    jvm.append(line, "define_us", "sun.cls.defineAppClassTime.self");
    jvm.append(line, "init_cls_us", "sun.cls.classInitTime.self");
    jvm.append(line, "verify_us", "sun.cls.classVerifyTime.self");
    jvm.append(line, "link_us", "sun.cls.classLinkedTime.self");
    jvm.append(line, "jit_us", "java.ci.totalTime");
  }

  void process(@Nullable HostState host) {
    if (host != null) {
      host.appendTo(line, null);
    }
    String version = Settings.env("AWS_LAMBDA_FUNCTION_VERSION");
    if (version.isEmpty() || version.equals("$LATEST")) {
      String handler = settings.handlers.isEmpty() ? "" : settings.handlers.get(0);
      String fingerprint = Fingerprint.of(Settings.env("LAMBDA_TASK_ROOT"), handler);
      if (!fingerprint.isEmpty()) {
        line.append(" fp=").append(fingerprint);
      }
    }
  }

  /** The second end line of SnapStart: from the restored snapshot to the first request. */
  void afterRestore(long nanos, @Nullable HostState frozen) {
    line.append(" since=restore");
    say("init_us", RowText.micros(nanos));
    HostState.now().appendTo(line, frozen);
  }

  String text(long ownNanos) {
    say("own_us", RowText.micros(ownNanos));
    return line.append('\n').toString();
  }

  /** A whole second is the clock of a bash before 5: then the JVM knows better when it began. */
  private void since(JvmCounters jvm) {
    long now = System.currentTimeMillis() * 1000;
    Long vm = jvm.get("sun.rt.createVmBeginTime");
    if (settings.begunMicros % 1_000_000 != 0) {
      line.append(" since=begin");
      say("init_us", Math.max(0, now - settings.begunMicros));
    } else if (vm != null) {
      line.append(" since=vm");
      say("init_us", Math.max(0, now - vm * 1000));
    }
  }

  private void say(String key, long value) {
    line.append(' ').append(key).append('=').append(value);
  }
}
