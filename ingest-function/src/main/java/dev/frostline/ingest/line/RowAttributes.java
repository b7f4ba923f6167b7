package dev.frostline.ingest.line;

/**
 * What the layer adds behind a name, where no name can be taken for it: {@code Newtonsoft.Json
 * jit=8120 m=41 th=1} spent 8.1 ms compiling 41 methods, on the second thread.
 */
final class RowAttributes {
  private static final String[] KEYS = {" jit=", " m=", " n=", " th=", " load="};

  private RowAttributes() {}

  /** Where the name ends that begins at {@code from}. */
  static int nameEnd(CharSequence text, int from, int to) {
    int end = to;
    for (int at = oneLess(text, from, end); at < end; at = oneLess(text, from, end)) {
      end = at;
    }
    return end;
  }

  private static int oneLess(CharSequence text, int from, int to) {
    int digits = to;
    while (digits > from && text.charAt(digits - 1) >= '0' && text.charAt(digits - 1) <= '9') {
      digits--;
    }
    for (String key : KEYS) {
      int start = digits - key.length();
      if (digits < to && start > from && key.contentEquals(text.subSequence(start, digits))) {
        return start;
      }
    }
    return to;
  }
}
