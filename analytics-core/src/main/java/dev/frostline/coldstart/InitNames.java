package dev.frostline.coldstart;

import dev.frostline.timing.ImportKind;
import dev.frostline.timing.StreamId;
import dev.frostline.timing.TimingLine;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The names of a cold start: first those of the log stream, then, where it has none, those that the
 * platform's lines and the capture's give.
 */
record InitNames(
    String function,
    String version,
    String deployment,
    @Nullable String runtime,
    @Nullable String runtimeVersion,
    @Nullable String runtimeVersionArn,
    @Nullable String architecture) {
  private static final String LATEST = "$LATEST";

  /** Managed instances publish this one again with other code, as $LATEST is written anew. */
  private static final String LATEST_PUBLISHED = "$LATEST.PUBLISHED";

  private static final String RUNTIME_IN_ENVIRONMENT = "AWS_Lambda_";

  /** Lambda's name of a Node.js runtime ends so; INIT_START's does not. */
  private static final String ANY_PATCH = ".x";

  static InitNames of(
      StreamId stream, InitLines lines, List<ImportTiming> rows, @Nullable ColdStart before) {
    String version = version(stream, lines);
    String deployment = deployment(lines, version);
    String runtimeVersion = runtimeVersion(lines);
    String runtime = runtime(lines, runtimeVersion, rows);
    String arn = runtimeVersionArn(lines);
    String architecture = lines.beginValue("arch");
    if (before == null) {
      return new InitNames(
          function(stream, lines), version, deployment, runtime, runtimeVersion, arn, architecture);
    }
    boolean silent = runtimeVersion == null && arn == null;
    return new InitNames(
        function(stream, lines),
        version,
        isWrittenAnew(deployment) ? before.deployment() : deployment,
        runtime == null || silent ? before.runtime() : runtime,
        silent ? before.runtimeVersion() : runtimeVersion,
        silent ? before.runtimeVersionArn() : arn,
        architecture == null ? before.architecture() : architecture);
  }

  private static String function(StreamId stream, InitLines lines) {
    TimingLine.InitStart started = lines.initStart();
    String named = stream.function();
    if (named == null && started != null) {
      named = started.functionName();
    }
    if (named == null && stream.logGroup().isEmpty()) {
      named = lines.beginValue("fn");
    }
    return named == null ? stream.logGroup() : named;
  }

  private static String version(StreamId stream, InitLines lines) {
    String named = stream.version();
    TimingLine.InitStart started = lines.initStart();
    if (isUnnamed(stream, named) && started != null && started.functionVersion() != null) {
      named = started.functionVersion();
    }
    if (isUnnamed(stream, named) && lines.versionOfRequest() != null) {
      named = lines.versionOfRequest();
    }
    if (isUnnamed(stream, named) && lines.beginValue("ver") != null) {
      named = lines.beginValue("ver");
    }
    return named == null ? LATEST : named;
  }

  /** A file without streams stands for $LATEST until one of its lines names a version. */
  private static boolean isUnnamed(StreamId stream, @Nullable String version) {
    return version == null || (stream.isTrace() && version.equals(LATEST));
  }

  private static String deployment(InitLines lines, String version) {
    if (!isWrittenAnew(version)) {
      return version;
    }
    String named = lines.beginValue("dep");
    if (named != null) {
      return named;
    }
    String fingerprint = lines.endValue("fp");
    return fingerprint.isEmpty() ? version : fingerprint;
  }

  private static boolean isWrittenAnew(String version) {
    return version.equals(LATEST) || version.equals(LATEST_PUBLISHED);
  }

  private static @Nullable String runtimeVersion(InitLines lines) {
    if (lines.initStart() != null) {
      return lines.initStart().runtimeVersion();
    }
    return lines.restoreStart() == null ? null : lines.restoreStart().runtimeVersion();
  }

  private static @Nullable String runtimeVersionArn(InitLines lines) {
    if (lines.initStart() != null) {
      return lines.initStart().runtimeVersionArn();
    }
    return lines.restoreStart() == null ? null : lines.restoreStart().runtimeVersionArn();
  }

  private static @Nullable String runtime(
      InitLines lines, @Nullable String runtimeVersion, List<ImportTiming> rows) {
    String runtime = RuntimeVersion.runtime(runtimeVersion);
    if (runtime != null) {
      return runtime;
    }
    String environment = lines.beginValue("env");
    if (environment != null && environment.startsWith(RUNTIME_IN_ENVIRONMENT)) {
      String named = environment.substring(RUNTIME_IN_ENVIRONMENT.length());
      boolean anyPatch = named.endsWith(ANY_PATCH);
      return anyPatch ? named.substring(0, named.length() - ANY_PATCH.length()) : named;
    }
    String language = lines.beginValue("rt");
    return language != null || rows.isEmpty() ? language : language(rows.get(0).kind());
  }

  private static @Nullable String language(ImportKind kind) {
    return switch (kind) {
      case PYTHON_MODULE -> "python";
      case JAVA_CLASS -> "java";
      case NODE_MODULE -> "nodejs";
      case DOTNET_ASSEMBLY -> "dotnet";
      case RUBY_FILE -> "ruby";
      case PAUSE -> null;
    };
  }
}
