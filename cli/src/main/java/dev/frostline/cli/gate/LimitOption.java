package dev.frostline.cli.gate;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** How much slower code may get. */
final class LimitOption {
  @Option(
      names = "--limit-ms",
      paramLabel = "MS",
      converter = Milliseconds.class,
      description = "Largest slowdown allowed: 50, 50ms or 0.05s.")
  @Nullable Double ms;

  @Option(
      names = "--limit-pct",
      paramLabel = "PCT",
      converter = Percent.class,
      description = "Largest slowdown allowed in %%: 5 or 5%%.")
  @Nullable Double pct;

  boolean isGiven() {
    return ms != null || pct != null;
  }

  /** A time of 0 or more in ms, with or without its unit, as frostline.toml writes it. */
  static final class Milliseconds implements ITypeConverter<Double> {
    private static final Pattern FORM = Pattern.compile("(\\d+(?:\\.\\d+)?) ?(us|ms|s)?");

    @Override
    public Double convert(String text) {
      Matcher form = FORM.matcher(text.strip());
      if (!form.matches()) {
        throw new TypeConversionException(
            "'" + text + "' is no time of 0 ms or more: write 50, 50ms or 0.05s");
      }
      double number = Double.parseDouble(form.group(1));
      return "s".equals(form.group(2))
          ? 1000 * number
          : "us".equals(form.group(2)) ? number / 1000 : number;
    }
  }

  /** A share of 0 or more in %. */
  static final class Percent implements ITypeConverter<Double> {
    private static final Pattern FORM = Pattern.compile("(\\d+(?:\\.\\d+)?) ?%?");

    @Override
    public Double convert(String text) {
      Matcher form = FORM.matcher(text.strip());
      if (!form.matches()) {
        throw new TypeConversionException(
            "'" + text + "' is no share of 0 % or more: write 5 or 5%");
      }
      return Double.valueOf(form.group(1));
    }
  }
}
