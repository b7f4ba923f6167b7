package dev.frostline.timing;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Stable ids: hashes that are the same on every machine and in every store. */
public final class Sha256 {
  private Sha256() {}

  /** The 32 bytes of the digest. */
  public static byte[] of(byte[] bytes) {
    return digest().digest(bytes);
  }

  /** The first 63 bits of the digest over the parts, which are kept apart by NUL. */
  public static long id(String... parts) {
    return id(String.join("\0", parts).getBytes(StandardCharsets.UTF_8));
  }

  /** The first 63 bits of the digest. */
  public static long id(byte[] bytes) {
    return longAt(of(bytes), 0) & Long.MAX_VALUE;
  }

  /** The first 16 hex digits of a file's digest. */
  public static String hex(Path file) throws IOException {
    MessageDigest digest = digest();
    byte[] buffer = new byte[1 << 16];
    try (InputStream in = Files.newInputStream(file)) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        digest.update(buffer, 0, read);
      }
    }
    return HexFormat.of().formatHex(digest.digest(), 0, 8);
  }

  private static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java runtime has SHA-256", e);
    }
  }

  static long longAt(byte[] digest, int offset) {
    return ByteBuffer.wrap(digest).getLong(offset);
  }
}
