package dev.frostline.cli.account;

import dev.frostline.account.Selection;
import dev.frostline.cli.output.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which functions of the account are meant. */
final class SelectionOption {
  @Option(
      names = {"-f", "--function"},
      paramLabel = "NAME",
      description = "This function; repeatable.")
  List<String> functions = new ArrayList<>();

  @Option(
      names = "--functions-regex",
      paramLabel = "REGEX",
      description = "Functions whose name matches, e.g. '^prod-'.")
  @Nullable String regex;

  @Option(names = "--tag", paramLabel = "KEY[=VALUE]", description = "Functions with this tag.")
  @Nullable String tag;

  boolean isEmpty() {
    return functions.isEmpty() && regex == null && tag == null;
  }

  /** What was named; without any option the functions that carry the layer. */
  Selection selection() {
    try {
      return isEmpty()
          ? Selection.WRAPPED
          : new Selection(functions, regex == null ? null : Pattern.compile(regex), tag, false);
    } catch (PatternSyntaxException e) {
      throw new Failure(
          Failure.USAGE,
          "No regular expression: " + regex + ". Example: --functions-regex '^prod-'");
    }
  }
}
