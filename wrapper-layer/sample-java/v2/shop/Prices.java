package shop;

import java.math.BigDecimal;
import java.util.Map;

/** What each article costs. */
final class Prices {
  private static final Map<String, BigDecimal> PRICES =
      Map.of("tea", new BigDecimal("3.20"), "cup", new BigDecimal("7.50"));

  private Prices() {}

  static BigDecimal of(String article) {
    return PRICES.get(article);
  }
}
