package dev.frostline.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Objects;

/**
 * A style sheet or script that a page carries within it.
 *
 * @param sha256 Base64 of its hash, as a content security policy names it
 */
public record Asset(String text, String sha256) {
  /** Style of every page. */
  public static final Asset STYLE = read(Asset.class, "report.css");

  /** Style of pages with pictures, the former included. */
  public static final Asset PICTURE_STYLE =
      of(STYLE.text() + read(Asset.class, "picture.css").text());

  /** Zoom, search and keys of the pictures; everything is readable without it. */
  public static final Asset PICTURE_SCRIPT = read(Asset.class, "picture.js");

  /** A file beside a class. */
  public static Asset read(Class<?> beside, String name) {
    try (InputStream in = beside.getResourceAsStream(name)) {
      return of(
          new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A text with its hash. */
  public static Asset of(String text) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return new Asset(text, Base64.getEncoder().encodeToString(hash));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256", e);
    }
  }
}
