package dev.frostline.timing;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Stable ids: hashes that are the same on every machine and in every store. */
public final class Sha256 {
  private Sha256() {}

  /** The 32 bytes of the digest. */
  public static byte[] of(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java runtime has SHA-256", e);
    }
  }

  /** The first 63 bits of the digest over the parts, which are kept apart by NUL. */
  public static long id(String... parts) {
    return longAt(of(String.join("\0", parts).getBytes(StandardCharsets.UTF_8)), 0)
        & Long.MAX_VALUE;
  }

  static long longAt(byte[] digest, int offset) {
    return ByteBuffer.wrap(digest).getLong(offset);
  }
}
