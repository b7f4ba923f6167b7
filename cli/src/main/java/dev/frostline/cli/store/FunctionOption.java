package dev.frostline.cli.store;

import dev.frostline.cli.output.Times;
import dev.frostline.verdict.Query;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which functions of the store a command is about: all of them unless it says less. */
public final class FunctionOption {
  @Option(
      names = {"-f", "--function"},
      paramLabel = "NAME",
      description = "Only this function.")
  @Nullable
  public String name;

  @Mixin public WhereOption where = new WhereOption();

  /** Their cold starts in a time as people write it. */
  public Query query(@Nullable String since, @Nullable String until) {
    Instant now = Instant.now();
    return where
        .query(name)
        .within(
            since == null ? null : Times.parse(since, now),
            until == null ? null : Times.parse(until, now));
  }

  /** A query of theirs, by the parameters that all such queries have. */
  public ReadyQuery ask(String query) {
    return ReadyQuery.named(query)
        .with("function", name)
        .with("account", where.account)
        .with("region", where.region);
  }
}
