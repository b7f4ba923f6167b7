package dev.frostline.page;

import java.io.IOException;

/** More was posted than is taken. */
final class TooLargeException extends IOException {
  private static final long serialVersionUID = 1;
}
