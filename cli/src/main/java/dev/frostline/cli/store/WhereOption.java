package dev.frostline.cli.store;

import dev.frostline.verdict.Query;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which functions of the store are meant, where one name lives in several accounts or Regions. */
public final class WhereOption {
  @Option(
      names = "--account",
      paramLabel = "ID",
      description = "Only functions of this AWS account.")
  @Nullable
  public String account;

  @Option(
      names = {"-r", "--region"},
      paramLabel = "REGION",
      description = "Only functions of this AWS Region.")
  @Nullable
  public String region;

  /** Functions of that name there; of every name where it is absent. */
  Query query(@Nullable String function) {
    return new Query(account, region, function, null, null, true);
  }

  /** The same options for another command. */
  public List<String> words() {
    List<String> words = new ArrayList<>();
    if (account != null) {
      words.addAll(List.of("--account", account));
    }
    if (region != null) {
      words.addAll(List.of("--region", region));
    }
    return words;
  }
}
