package dev.frostline.doctor;

/**
 * What the doctor saw.
 *
 * @param subject function, log group, ingest function or store
 * @param message in words, for people
 * @param fix command or change that puts it right, or ""
 */
public record Finding(Mark mark, String subject, String message, String fix) {
  /** How bad it is. */
  public enum Mark {
    /** As it should be. */
    FINE("✓"),
    /** Worth knowing, and meant so by somebody. */
    NOTE("!"),
    /** Timings are lost. */
    FAULT("✗");

    private final String sign;

    Mark(String sign) {
      this.sign = sign;
    }

    /** In front of a line. */
    public String sign() {
      return sign;
    }
  }

  /** As it should be. */
  public static Finding fine(String subject, String message) {
    return new Finding(Mark.FINE, subject, message, "");
  }

  /** Worth knowing. */
  public static Finding note(String subject, String message, String fix) {
    return new Finding(Mark.NOTE, subject, message, fix);
  }

  /** Timings are lost. */
  public static Finding fault(String subject, String message, String fix) {
    return new Finding(Mark.FAULT, subject, message, fix);
  }
}
