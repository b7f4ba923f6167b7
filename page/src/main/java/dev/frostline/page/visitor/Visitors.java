package dev.frostline.page.visitor;

import com.sun.net.httpserver.Headers;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Finds out who asks, and knows nobody else. */
public interface Visitors {
  /** Who started the page, by a token that it prints. */
  static Visitors own() {
    return new Sessions(new PrintedToken());
  }

  /**
   * The people and programs of a {@link TokenFile}.
   *
   * @throws IOException when it cannot be read
   * @throws IllegalArgumentException when one of its lines is none
   */
  static Visitors named(Path tokens) throws IOException {
    return new Sessions(new TokenFile(tokens));
  }

  /**
   * Whom an Application Load Balancer let in.
   *
   * @param arn of the load balancer
   * @param issuer of its OIDC provider
   * @param keys the address that its public keys are below
   */
  static Visitors signedIn(String arn, String issuer, URI keys) {
    return new SignedIn(arn, issuer, new PublicKeys(keys));
  }

  /**
   * The visitor of a request; absent for anybody else.
   *
   * @param session the cookie of this server; absent without one
   */
  @Nullable Visitor of(Headers headers, @Nullable String session);

  /** Opens a session for who has that token; absent for any other token. */
  @Nullable String open(@Nullable String token);

  /** The token that opens the page, where it prints one; empty otherwise. */
  String printed();

  /** What somebody without access reads, and whether a token would help. */
  Closed closed();

  /**
   * A closed door.
   *
   * @param words what to do
   * @param takesToken whether there is a form for a token
   */
  record Closed(String words, boolean takesToken) {}
}
