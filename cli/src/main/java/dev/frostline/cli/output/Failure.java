package dev.frostline.cli.output;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** What a command could not do, in a sentence for its user: what failed, why, what to do next. */
public final class Failure extends RuntimeException {
  public static final int JUDGED = 1;
  public static final int USAGE = 2;
  public static final int CANNOT_JUDGE = 3;
  public static final int COULD_NOT = 4;
  public static final int REJECTED = 5;

  private static final long serialVersionUID = 1;
  private final int exitCode;

  public Failure(int exitCode, String reason) {
    super(reason);
    this.exitCode = exitCode;
  }

  /** Why a file was not written, in words: an exception's message is often its name alone. */
  public static String whyNotWritten(IOException e) {
    if (e instanceof NoSuchFileException) {
      return "there is no such folder";
    }
    if (e instanceof AccessDeniedException) {
      return "you may not write there";
    }
    return e instanceof FileSystemException file && file.getReason() != null
        ? String.valueOf(file.getReason())
        : String.valueOf(e.getMessage());
  }

  public int exitCode() {
    return exitCode;
  }

  public String reason() {
    return String.valueOf(getMessage());
  }
}
