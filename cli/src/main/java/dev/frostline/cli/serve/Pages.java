package dev.frostline.cli.serve;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/** Draws views. Each page holds its own style and script, and its policy allows only these. */
final class Pages {
  private static final TemplateEngine TEMPLATES =
      TemplateEngine.createPrecompiled(
          null, ContentType.Html, Pages.class.getClassLoader(), "dev.frostline.cli.serve");
  private static final String CSS = resource("serve.css");
  private static final String SCRIPT = resource("serve.js");
  private static final String LOGIN_SCRIPT = resource("login.js");

  /** What every page may load: its own style and script by hash, answers of this server. */
  static final String POLICY =
      "default-src 'none'; style-src 'sha256-"
          + sha256(CSS)
          + "'; script-src 'sha256-"
          + sha256(SCRIPT)
          + "' 'sha256-"
          + sha256(LOGIN_SCRIPT)
          + "'; img-src data:; connect-src 'self'; form-action 'self'; base-uri 'none';"
          + " frame-ancestors 'none'; require-trusted-types-for 'script'";

  private Pages() {}

  /**
   * A view as a page.
   *
   * @param asOf when the store was last written to, in words
   */
  static Response page(View view, Address address, String asOf, String formToken) {
    Map<String, Object> model = new HashMap<>(view.model());
    model.put("frame", new Frame(view, address, asOf, formToken, CSS, SCRIPT));
    return Response.html(200, drawn(view.template() + ".jte", model));
  }

  /** What stands in place of a view that cannot be shown. */
  static Response problem(int status, String title, String message) {
    return Response.html(
        status, drawn("problem.jte", Map.of("title", title, "message", message, "css", CSS)));
  }

  /** Where a browser without the token lands; the fragment of the printed address opens the page. */
  static Response login(int status, String message) {
    return Response.html(
        status, drawn("login.jte", Map.of("message", message, "css", CSS, "script", LOGIN_SCRIPT)));
  }

  private static String drawn(String template, Map<String, Object> model) {
    StringOutput page = new StringOutput(64 * 1024);
    TEMPLATES.render(template, model, page);
    return inert(page.toString());
  }

  /** Controls and marks of direction in names would hide or reorder what is read: shown instead. */
  private static String inert(String page) {
    StringBuilder inert = new StringBuilder(page.length());
    for (int i = 0; i < page.length(); i++) {
      char c = page.charAt(i);
      boolean hidden = c == '\u061c' || c == '\ufeff' || (c >= '\u200b' && c <= '\u200f');
      boolean direction = (c >= '\u2028' && c <= '\u202e') || (c >= '\u2066' && c <= '\u2069');
      boolean control = Character.isISOControl(c) && c != '\n';
      inert.append(control || hidden || direction ? String.format("\\u%04x", (int) c) : String.valueOf(c));
    }
    return inert.toString();
  }

  private static String resource(String name) {
    try (InputStream in = Pages.class.getResourceAsStream(name)) {
      return new String(
          Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String sha256(String text) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().encodeToString(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256", e);
    }
  }
}
