package dev.frostline.cli.account;

import dev.frostline.account.Action;
import dev.frostline.cli.output.Grid;
import dev.frostline.cli.output.OutputFormat;
import java.io.PrintWriter;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** A plan as a table: what changes and what cannot; what is right already is only counted. */
final class PlanTable {
  private final Grid all = new Grid(List.of("action", "subject", "reason"));
  private final Grid shown = new Grid(List.of("", "", ""));
  private final Map<Action, Integer> counts = new EnumMap<>(Action.class);

  void add(Action action, String subject, String reason) {
    counts.merge(action, 1, Integer::sum);
    all.add(List.of(action.word(), subject, reason));
    if (action != Action.KEEP) {
      shown.add(List.of(action.mark(), subject, reason));
    }
  }

  boolean hasChanges() {
    return counts.keySet().stream().anyMatch(Action::isChange);
  }

  /** Prints the table and its sum; other formats have every row, a program's none of the marks. */
  void print(OutputFormat format, PrintWriter out) {
    if (format != OutputFormat.TABLE) {
      all.print(format, out);
      return;
    }
    if (shown.size() > 0) {
      shown.print(format, out);
    }
    out.println(
        count(Action.ADD)
            + " to add, "
            + count(Action.UPDATE)
            + " to update, "
            + count(Action.REMOVE)
            + " to remove, "
            + count(Action.CANNOT)
            + " cannot, "
            + (counts.containsKey(Action.UNNAMED) ? count(Action.UNNAMED) + " unnamed, " : "")
            + count(Action.KEEP)
            + " already right");
  }

  private String count(Action action) {
    return String.format("%,d", counts.getOrDefault(action, 0));
  }
}
