package dev.frostline.report;

import dev.frostline.report.WeekAnswers.FunctionWeek;
import dev.frostline.report.WeekAnswers.LedgerScope;
import dev.frostline.report.WeeklyReport.FunctionId;
import dev.frostline.report.WeeklyReport.Health;
import dev.frostline.report.WeeklyReport.Reject;
import dev.frostline.report.WeeklyReport.SilentFunction;
import dev.frostline.report.WeeklyReport.StartCounts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What the report rests on: a function without data is listed, not absent. */
final class HealthOfWeek {
  /** Functions silent for longer are taken for deleted. */
  private static final Duration REMEMBERED = Duration.ofDays(91);

  private static final int SHOWN = 25;

  private final Week week;
  private final List<FunctionWeek> known = new ArrayList<>();

  HealthOfWeek(Week week, List<FunctionWeek> functions) {
    this.week = week;
    for (FunctionWeek function : functions) {
      if (!function.lastHeard().isBefore(week.since().minus(REMEMBERED))) {
        known.add(function);
      }
    }
  }

  Health health(List<LedgerScope> ledger, List<Reject> rejects) {
    List<SilentFunction> silent = silent();
    List<FunctionId> fresh = fresh();
    LedgerScope ofStore = ledger.get(1);
    return new Health(
        known.size(),
        places(),
        known.size() - silent.size(),
        first(silent),
        Math.max(0, silent.size() - SHOWN),
        first(fresh),
        Math.max(0, fresh.size() - SHOWN),
        starts(),
        ledger.get(0).lines(),
        ofStore.lines(),
        List.copyOf(rejects),
        ofStore.latestEvent(),
        ofStore.latestIngest());
  }

  private int places() {
    Set<String> places = new HashSet<>();
    for (FunctionWeek function : known) {
      places.add(function.function().account() + " " + function.function().region());
    }
    return places.size();
  }

  private List<SilentFunction> silent() {
    List<SilentFunction> silent = new ArrayList<>();
    for (FunctionWeek function : known) {
      if (function.lastHeard().isBefore(week.since())) {
        silent.add(new SilentFunction(function.function(), function.lastHeard()));
      }
    }
    silent.sort(Comparator.comparing(SilentFunction::lastHeard).reversed());
    return silent;
  }

  private List<FunctionId> fresh() {
    List<FunctionId> fresh = new ArrayList<>();
    for (FunctionWeek function : known) {
      if (!function.firstSeen().isBefore(week.since())) {
        fresh.add(function.function());
      }
    }
    return fresh;
  }

  private StartCounts starts() {
    long all = 0;
    long traced = 0;
    long suspect = 0;
    long failed = 0;
    long cut = 0;
    for (FunctionWeek function : known) {
      all += function.coldStarts();
      traced += function.traced();
      suspect += function.suspect();
      failed += function.failed();
      cut += function.cut();
    }
    return new StartCounts(all, traced, suspect, failed, cut);
  }

  private static <T> List<T> first(List<T> all) {
    return List.copyOf(all.subList(0, Math.min(SHOWN, all.size())));
  }
}
