package dev.frostline.verdict.comparison;

import dev.frostline.verdict.blame.Suspect;
import dev.frostline.verdict.history.Deployment;
import dev.frostline.verdict.history.Imports;
import dev.frostline.verdict.history.Strata;
import dev.frostline.verdict.history.TimedStart;
import dev.frostline.verdict.hosts.Profile;
import dev.frostline.verdict.statistics.FalseDiscovery;
import dev.frostline.verdict.statistics.Interval;
import dev.frostline.verdict.statistics.Robust;
import dev.frostline.verdict.statistics.Thresholds;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The door of the verdict engine for cold starts in memory: one deployment against another. */
public final class Verdicts {
  private static final double MICROS_PER_WEEK = 7 * 86_400_000_000.0;

  private final Thresholds thresholds;

  public Verdicts(Thresholds thresholds) {
    this.thresholds = thresholds;
  }

  /**
   * Compares; q equals p until the whole answer is corrected by {@link #correct}. Every
   * configuration that both sides share is judged, and the worst sure one is the answer.
   */
  public Comparison compare(Deployment before, Deployment after) {
    Strata usual = Strata.of(before, after);
    Comparison shared = new SharedStrata(before, after, this).worst();
    boolean isAnswer = shared != null && (usual.differences().isEmpty() || isSure(shared));
    return isAnswer && shared != null ? shared : of(before, after, usual);
  }

  /** The comparison of one stratum. */
  Comparison of(Deployment before, Deployment after, Strata strata) {
    Finding finding =
        strata.differences().isEmpty()
            ? ofCode(before, after, strata)
            : ofConfiguration(before, after, strata);
    return comparison(before, after, strata, finding);
  }

  /** Whether both sides of a stratum have cold starts enough. */
  boolean canJudge(Strata strata) {
    int traced = Math.min(traced(strata.before()).size(), traced(strata.after()).size());
    int all = Math.min(strata.before().size(), strata.after().size());
    return traced >= thresholds.minTraced() || all >= thresholds.minRawStarts();
  }

  private static boolean isSure(Comparison comparison) {
    return switch (comparison.verdict()) {
      case SLOWER, FASTER, MIXED -> true;
      default -> false;
    };
  }

  /**
   * The comparisons with q values: Benjamini-Hochberg over everything that stands in one answer.
   */
  public static List<Comparison> correct(List<Comparison> comparisons) {
    double[] p = new double[comparisons.size()];
    for (int i = 0; i < p.length; i++) {
      p[i] = comparisons.get(i).p();
    }
    double[] q = FalseDiscovery.qValues(p);
    List<Comparison> corrected = new ArrayList<>();
    for (int i = 0; i < q.length; i++) {
      corrected.add(comparisons.get(i).withQ(q[i]));
    }
    return corrected;
  }

  private Finding ofCode(Deployment before, Deployment after, Strata strata) {
    List<TimedStart> tracedBefore = traced(strata.before());
    List<TimedStart> tracedAfter = traced(strata.after());
    Finding finding = estimate(before, after, strata, tracedBefore, tracedAfter);
    @Nullable String patch = strata.patchDifference();
    return patch == null ? finding : withPlatform(finding, patch);
  }

  private Finding estimate(
      Deployment before,
      Deployment after,
      Strata strata,
      List<TimedStart> tracedBefore,
      List<TimedStart> tracedAfter) {
    int least = thresholds.minTraced();
    if (tracedBefore.size() >= least && tracedAfter.size() >= least) {
      return new TracedComparison(new Profile(before, after, tracedBefore, tracedAfter), thresholds)
          .finding();
    }
    Finding raw = new UntracedComparison(strata.before(), strata.after(), thresholds).finding();
    boolean some = !tracedBefore.isEmpty() && !tracedAfter.isEmpty();
    if (raw.verdict() != Verdict.INSUFFICIENT || !some) {
      return raw;
    }
    int needed = least - Math.min(tracedBefore.size(), tracedAfter.size());
    String why =
        String.format(
            Locale.ROOT,
            "at least %d cold starts with import timings are needed on each side; there are %d and %d",
            least,
            tracedBefore.size(),
            tracedAfter.size());
    return Finding.without(Verdict.INSUFFICIENT, raw.floorMs(), needed, List.of(why));
  }

  /**
   * AWS's own patch of the runtime is the platform's doing; with code that changed as well both
   * stand.
   */
  private static Finding withPlatform(Finding finding, String patch) {
    List<String> note = List.of("AWS changed the runtime's patch level: " + patch);
    return switch (finding.verdict()) {
      case BROAD -> finding.with(Verdict.PLATFORM, note);
      case SLOWER, FASTER ->
          finding.with(blamesCode(finding) ? Verdict.MIXED : Verdict.PLATFORM, note);
      case UNCHANGED, NOT_SHOWN, INSUFFICIENT, MOVED, CONFIGURATION, PLATFORM, MIXED, HOST ->
          finding.with(finding.verdict(), note);
    };
  }

  /** Whether a suspect is code a deployment can change. */
  private static boolean blamesCode(Finding finding) {
    for (Suspect suspect : finding.suspects()) {
      String kind = suspect.kind().equals("package") ? "python module" : suspect.kind();
      if (!kind.equals(OutsideImports.KIND) && !Imports.ofRuntime(kind, suspect.name())) {
        return true;
      }
    }
    return false;
  }

  /**
   * Under another memory size or architecture only what came and went tells about code; another
   * runtime changes even that by itself.
   */
  private Finding ofConfiguration(Deployment before, Deployment after, Strata strata) {
    Finding plain = ofConfiguration(strata);
    List<TimedStart> tracedBefore = traced(strata.before());
    List<TimedStart> tracedAfter = traced(strata.after());
    boolean enough = Math.min(tracedBefore.size(), tracedAfter.size()) >= thresholds.minTraced();
    return enough && !strata.runtimeDiffers()
        ? new CodeAside(new Profile(before, after, tracedBefore, tracedAfter), thresholds)
            .beside(plain)
        : plain;
  }

  /** Numbers are shown, nothing is blamed. */
  private Finding ofConfiguration(Strata strata) {
    double one = UntracedComparison.medianMs(strata.before());
    double other = UntracedComparison.medianMs(strata.after());
    Interval change = new Interval(other - one, Double.NaN, Double.NaN);
    List<String> notes = new ArrayList<>(strata.differences());
    return new Finding(
        Verdict.CONFIGURATION,
        change,
        Double.NaN,
        thresholds.floor(Double.isNaN(one) ? 0 : one),
        0,
        Double.NaN,
        List.of(),
        List.of(),
        change.estimate(),
        notes);
  }

  private List<TimedStart> traced(List<TimedStart> starts) {
    List<TimedStart> traced = new ArrayList<>();
    for (TimedStart start : starts) {
      if (start.traced()) {
        traced.add(start);
      }
    }
    return traced.subList(Math.max(0, traced.size() - thresholds.poolSize()), traced.size());
  }

  private Comparison comparison(
      Deployment before, Deployment after, Strata strata, Finding finding) {
    Side first = side(before, strata.before());
    Side second = side(after, strata.after());
    double pct = 100 * finding.change().estimate() / first.medianMs();
    double hostMs =
        finding.normalisedPct() >= 0
            ? second.medianMs() - first.medianMs() - finding.change().estimate()
            : Double.NaN;
    Noise noise =
        new Noise(rawPct(strata.before()), finding.normalisedPct(), finding.normalisedPct() >= 0);
    return new Comparison(
        after.account(),
        after.region(),
        after.function(),
        first,
        second,
        finding.verdict(),
        finding.change(),
        pct,
        finding.p(),
        finding.p(),
        finding.floorMs(),
        finding.needed(),
        noise,
        finding.suspects(),
        finding.packages(),
        finding.unexplainedMs(),
        hostMs,
        startsPerWeek(after.starts()),
        finding.notes(),
        Kind.DEPLOYMENT,
        "",
        strata.configurationAfter());
  }

  private static Side side(Deployment deployment, List<TimedStart> starts) {
    Set<Long> days = new HashSet<>();
    int traced = 0;
    for (TimedStart start : starts) {
      days.add(start.day());
      traced += start.traced() ? 1 : 0;
    }
    return new Side(
        deployment.identity(),
        UntracedComparison.medianMs(starts),
        starts.size(),
        traced,
        days.size(),
        began(deployment));
  }

  private static Instant began(Deployment deployment) {
    long micros = deployment.starts().isEmpty() ? 0 : deployment.starts().get(0).startedAtMicros();
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
  }

  private static double rawPct(List<TimedStart> starts) {
    double[] values =
        starts.stream().mapToDouble(TimedStart::initMs).filter(ms -> !Double.isNaN(ms)).toArray();
    double middle = Robust.median(values);
    return 100 * Robust.MAD_TO_SD * Robust.mad(values, middle) / middle;
  }

  /**
   * Over the span they were seen in, but never less than a day: a burst of one hour is not 168
   * bursts a week.
   */
  private static double startsPerWeek(List<TimedStart> starts) {
    if (starts.isEmpty()) {
      return 0;
    }
    double span = starts.get(starts.size() - 1).startedAtMicros() - starts.get(0).startedAtMicros();
    return starts.size() * MICROS_PER_WEEK / Math.max(span, MICROS_PER_WEEK / 7);
  }
}
