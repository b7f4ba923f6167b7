package dev.frostline.cli;

import dev.frostline.cli.output.Failure;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Standard output that remembers why it could not be written: a full disk behind {@code > FILE}
 * must not end as success. A reader that has gone, as behind {@code | head}, has read what it
 * wanted.
 */
final class StandardOutput extends OutputStream {
  private final OutputStream out = new FileOutputStream(FileDescriptor.out);
  private @Nullable IOException failure;

  PrintStream stream() {
    return new PrintStream(this, false, StandardCharsets.UTF_8);
  }

  /** The exit code of a command, unless what it said did not arrive. */
  int exitCode(int ofCommand, PrintWriter err) {
    IOException why = failure;
    if (why == null || message(why).toLowerCase(Locale.ROOT).contains("pipe")) {
      return ofCommand;
    }
    err.println("frostline: Cannot write to standard output: " + message(why));
    err.flush();
    return Failure.COULD_NOT;
  }

  private static String message(IOException why) {
    return String.valueOf(why.getMessage());
  }

  @Override
  public void write(int one) throws IOException {
    write(new byte[] {(byte) one}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    try {
      out.write(bytes, offset, length);
    } catch (IOException e) {
      failure = failure == null ? e : failure;
      throw e;
    }
  }
}
