package dev.frostline.page.visitor;

import org.jspecify.annotations.Nullable;

/** Whose tokens are good now. */
interface Tokens {
  /**
   * Who has the token; absent for a token that nobody has.
   *
   * @param hash its SHA-256 in hexadecimal digits
   */
  @Nullable String nameOf(String hash);

  /** The token itself where it is printed; empty otherwise. */
  String printed();

  /** Where to find a token, in words. */
  String words();
}
