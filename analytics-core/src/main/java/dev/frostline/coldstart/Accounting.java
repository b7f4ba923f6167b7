package dev.frostline.coldstart;

import java.util.List;

/**
 * Where the traced part of init went: the runtime's own imports, which no deployment can change,
 * and the function's. Only the first interpreter counts, because child processes overlap it in
 * time. The runtime's own are the rows up to the interpreter's {@code site} import, which ends its
 * start-up, and everything under the runtime interface client.
 */
record Accounting(long bootstrapMicros, long importsMicros) {
  private static final String END_OF_INTERPRETER_START = "site";
  private static final List<String> RUNTIME_CLIENT =
      List.of("awslambdaric", "bootstrap", "runtime_client");

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
          && row.parentSeq() == null
          && row.name().equals(END_OF_INTERPRETER_START)) {
        siteSeq = row.seq();
        break;
      }
    }
    boolean[] ofRuntime = new boolean[rows.size()];
    for (int seq = rows.size() - 1; seq >= 0; seq--) {
      Integer parent = rows.get(seq).parentSeq();
      ofRuntime[seq] =
          seq <= siteSeq
              || (parent == null ? isRuntimeClient(rows.get(seq).name()) : ofRuntime[parent]);
    }
    return ofRuntime;
  }

  private static boolean isRuntimeClient(String name) {
    for (String client : RUNTIME_CLIENT) {
      int end = client.length();
      if (name.startsWith(client) && (name.length() == end || name.charAt(end) == '.')) {
        return true;
      }
    }
    return false;
  }
}
