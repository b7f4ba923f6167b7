package dev.frostline.page;

import dev.frostline.page.visitor.Secrets;
import dev.frostline.report.Figure;
import dev.frostline.report.Inert;
import gg.jte.html.escape.Escape;
import gg.jte.output.StringOutput;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A page that is drawn once for all its readers, with gaps for what only one of them has. */
final class Drawn {
  /** Nobody can write these into a name that a page shows. */
  private static final String NAME = Secrets.random();

  private static final String FORM_TOKEN = Secrets.random();
  private static final Pattern GAP = Pattern.compile(NAME + "|" + FORM_TOKEN);

  private final List<Function<Frame.Reader, byte[]>> parts = new ArrayList<>();
  private final boolean settled;
  private int bytes;

  /**
   * Takes a page that was drawn for {@link #anyReader}.
   *
   * @param settled whether it stays as it is while the store does
   */
  Drawn(String page, boolean settled) {
    this.settled = settled;
    Matcher gap = GAP.matcher(page);
    int begin = 0;
    while (gap.find()) {
      text(page.substring(begin, gap.start()));
      parts.add(gap.group().equals(NAME) ? Drawn::name : Drawn::formToken);
      begin = gap.end();
    }
    text(page.substring(begin));
  }

  private void text(String text) {
    byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
    bytes += encoded.length;
    parts.add(reader -> encoded);
  }

  /** In whose place every reader of that kind can stand. */
  static Frame.Reader anyReader(boolean isNamed) {
    return new Frame.Reader(isNamed ? NAME : "", FORM_TOKEN);
  }

  boolean isSettled() {
    return settled;
  }

  int bytes() {
    return bytes;
  }

  /** The page of one reader. */
  Response to(Frame.Reader reader) {
    ByteArrayOutputStream page = new ByteArrayOutputStream(bytes + 256);
    for (Function<Frame.Reader, byte[]> part : parts) {
      page.writeBytes(part.apply(reader));
    }
    return Response.html(200, page.toByteArray());
  }

  private static byte[] name(Frame.Reader reader) {
    StringOutput escaped = new StringOutput();
    Escape.htmlContent(Inert.line(Figure.name(reader.name())), escaped);
    return escaped.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] formToken(Frame.Reader reader) {
    return reader.formToken().getBytes(StandardCharsets.UTF_8);
  }
}
