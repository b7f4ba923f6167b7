package dev.frostline.cli.export;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Locale;

/** A file format of other tools: trees for viewers, rows for tables, or a list for a runtime. */
public enum ExportFormat {
  SPEEDSCOPE(".speedscope.json"),
  FOLDED(".folded"),
  PPROF(".pb.gz"),
  CHROME_TRACE(".trace.json"),
  OTLP(".otlp.json"),
  PARQUET(".parquet"),
  CSV(".csv"),
  CLASSLIST(".classlist");

  private final String suffix;

  ExportFormat(String suffix) {
    this.suffix = suffix;
  }

  /** End of a file name, as the tools' users expect it. */
  public String suffix() {
    return suffix;
  }

  /** Whether the store writes it row by row. */
  public boolean isRows() {
    return this == PARQUET || this == CSV;
  }

  /** Writes a tree; the stream stays open. */
  public void write(Traced traced, OutputStream out) throws IOException {
    switch (this) {
      case SPEEDSCOPE -> Speedscope.write(traced, out);
      case FOLDED -> Folded.write(traced, out);
      case PPROF -> Pprof.write(traced, out);
      case CHROME_TRACE -> ChromeTrace.write(traced, out);
      case OTLP -> Otlp.write(traced, out);
      case PARQUET, CSV, CLASSLIST -> throw new IllegalStateException(this + " has no trees");
    }
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
