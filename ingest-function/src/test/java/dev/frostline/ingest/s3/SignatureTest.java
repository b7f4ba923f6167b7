package dev.frostline.ingest.s3;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The example "PUT Object" of the documentation of Signature Version 4 for S3. */
final class SignatureTest {
  private static final Credentials KEYS =
      new Credentials(
          "AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", null, Instant.MAX);

  @Test
  void documentedExample_hasItsSignature() {
    Map<String, String> headers =
        new Signature(KEYS, "us-east-1")
            .sign(
                "PUT",
                URI.create("https://examplebucket.s3.amazonaws.com/test%24file.text"),
                Map.of(
                    "date", "Fri, 24 May 2013 00:00:00 GMT",
                    "x-amz-storage-class", "REDUCED_REDUNDANCY"),
                "Welcome to Amazon S3.".getBytes(StandardCharsets.UTF_8),
                Instant.parse("2013-05-24T00:00:00Z"));
    assertEquals(
        "AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request,"
            + "SignedHeaders=date;host;x-amz-content-sha256;x-amz-date;x-amz-storage-class,"
            + "Signature=98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd",
        headers.get("authorization"));
  }

  @Test
  void sessionToken_isSentAndSigned() {
    Credentials ofRole = new Credentials("A", "b", "t0k", Instant.MAX);
    Map<String, String> headers =
        new Signature(ofRole, "eu-west-1")
            .sign("PUT", URI.create("https://b.s3/k"), Map.of(), new byte[0], Instant.EPOCH);
    assertEquals("t0k", headers.get("x-amz-security-token"));
    String signed = "SignedHeaders=host;x-amz-content-sha256;x-amz-date;x-amz-security-token,";
    assertTrue(String.valueOf(headers.get("authorization")).contains(signed));
  }

  @Test
  void credentials_neverShowTheirSecret() {
    assertFalse(KEYS.toString().contains("wJalr"));
  }
}
