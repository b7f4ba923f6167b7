package dev.frostline.coldstart;

import dev.frostline.timing.ImportKind;
import java.util.List;

/**
 * Where the traced part of init went: the runtime's own imports, which no deployment can change,
 * and the function's. Only the first interpreter counts, because child processes overlap it in
 * time. The runtime's own are the rows up to Python's {@code site} import, which ends its start-up,
 * and the runtime interface client with what it loads. What a function's row loads is the
 * function's, and so is what Node.js finds outside the client's folder.
 */
record Accounting(long bootstrapMicros, long importsMicros) {
  private static final String END_OF_INTERPRETER_START = "site";
  private static final List<String> PYTHON_CLIENT =
      List.of("awslambdaric", "bootstrap", "runtime_client");
  private static final List<String> JAVA_CLIENT =
      List.of(
          "com.amazonaws.services.lambda.runtime.api.client.",
          "com.amazonaws.services.lambda.runtime.serialization.",
          "lambdainternal.");

  static Accounting of(List<ImportTiming> rows) {
    boolean[] ofRuntime = rowsOfRuntime(rows);
    long bootstrap = 0;
    long imports = 0;
    for (ImportTiming row : rows) {
      if (!row.duringInit() || row.tree() != 0) {
        continue;
      }
      if (ofRuntime[row.seq()]) {
        bootstrap += row.selfMicros();
      } else {
        imports += row.selfMicros();
      }
    }
    return new Accounting(bootstrap, imports);
  }

  private static boolean[] rowsOfRuntime(List<ImportTiming> rows) {
    int siteSeq = -1;
    for (ImportTiming row : rows) {
      if (row.tree() == 0
          && row.kind() == ImportKind.PYTHON_MODULE
          && row.parentSeq() == null
          && row.name().equals(END_OF_INTERPRETER_START)) {
        siteSeq = row.seq();
        break;
      }
    }
    boolean[] ofRuntime = new boolean[rows.size()];
    for (int seq = rows.size() - 1; seq >= 0; seq--) {
      Integer parent = rows.get(seq).parentSeq();
      boolean above = parent == null || ofRuntime[parent];
      ofRuntime[seq] = seq <= siteSeq || (above && isOfRuntime(rows.get(seq), parent != null));
    }
    return ofRuntime;
  }

  /** Whether a row with nothing of the function above it, or under one of the runtime's, is too. */
  private static boolean isOfRuntime(ImportTiming row, boolean underRuntime) {
    String name = row.name();
    return switch (row.kind()) {
      case PYTHON_MODULE -> underRuntime || isPythonClient(name);
      case JAVA_CLASS -> underRuntime || JAVA_CLIENT.stream().anyMatch(name::startsWith);
      case NODE_MODULE ->
          name.startsWith("/var/runtime/") || name.contains("node_modules/aws-lambda-ric/");
      case DOTNET_ASSEMBLY -> name.equals("Amazon.Lambda.RuntimeSupport");
      case RUBY_FILE -> underRuntime || name.startsWith("/var/runtime/");
      case PAUSE -> underRuntime;
    };
  }

  private static boolean isPythonClient(String name) {
    for (String client : PYTHON_CLIENT) {
      int end = client.length();
      if (name.startsWith(client) && (name.length() == end || name.charAt(end) == '.')) {
        return true;
      }
    }
    return false;
  }
}
