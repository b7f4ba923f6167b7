package dev.frostline.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A load balancer as far as a target sees it: it signs who it let in, and its public keys are on a
 * server of their own.
 */
final class LoadBalancer implements AutoCloseable {
  static final String ARN =
      "arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/frostline/50dc6c495c0c9188";
  static final String ISSUER = "https://login.example.com";
  static final String KEY = "11111111-2222-3333-4444-555555555555";
  private static final ObjectMapper JSON = new ObjectMapper();
  final List<String> asked = new CopyOnWriteArrayList<>();
  private final KeyPair pair = pair();
  private final HttpServer keys;

  LoadBalancer() throws IOException {
    keys = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    keys.createContext(
        "/",
        exchange -> {
          asked.add(exchange.getRequestURI().getPath());
          boolean known = exchange.getRequestURI().getPath().equals("/" + KEY);
          byte[] pem = known ? pem() : new byte[0];
          exchange.sendResponseHeaders(known ? 200 : 404, known ? pem.length : -1);
          exchange.getResponseBody().write(pem);
          exchange.close();
        });
    keys.start();
  }

  /** Where its public keys are. */
  URI keys() {
    return URI.create("http://127.0.0.1:" + keys.getAddress().getPort());
  }

  /** What the header of a token says when all is well. */
  static Map<String, Object> header() {
    Map<String, Object> header = new LinkedHashMap<>();
    header.put("typ", "JWT");
    header.put("kid", KEY);
    header.put("alg", "ES256");
    header.put("iss", ISSUER);
    header.put("client", "frostline");
    header.put("signer", ARN);
    header.put("exp", Instant.now().getEpochSecond() + 120);
    return header;
  }

  /** What it says of a person. */
  static Map<String, Object> claims(String email) {
    Map<String, Object> claims = new LinkedHashMap<>();
    claims.put("sub", "b7e0-" + email.length());
    claims.put("email", email);
    claims.put("exp", Instant.now().getEpochSecond() + 120);
    claims.put("iss", ISSUER);
    return claims;
  }

  /** The token of a person, as the target gets it: its parts have padding. */
  String token(Map<String, Object> header, Map<String, Object> claims) {
    return signed(header, claims, pair);
  }

  String token(String email) {
    return token(header(), claims(email));
  }

  static String signed(Map<String, Object> header, Map<String, Object> claims, KeyPair pair) {
    try {
      String words = part(header) + "." + part(claims);
      Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
      signature.initSign(pair.getPrivate());
      signature.update(words.getBytes(StandardCharsets.US_ASCII));
      return words + "." + encoded(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  static String part(Map<String, Object> part) {
    try {
      return encoded(JSON.writeValueAsBytes(part));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  static String encoded(byte[] bytes) {
    return Base64.getUrlEncoder().encodeToString(bytes);
  }

  static KeyPair pair() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  byte[] pem() {
    return ("-----BEGIN PUBLIC KEY-----\n"
            + Base64.getMimeEncoder(64, new byte[] {'\n'})
                .encodeToString(pair.getPublic().getEncoded())
            + "\n-----END PUBLIC KEY-----\n")
        .getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  public void close() {
    keys.stop(0);
  }
}
