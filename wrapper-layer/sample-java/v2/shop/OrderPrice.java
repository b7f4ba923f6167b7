package shop;

import java.math.BigDecimal;
import java.util.function.UnaryOperator;

/** The sample function one deployment later: articles may be given by a free text. */
public final class OrderPrice implements UnaryOperator<String> {
  private final Catalog catalog = new Catalog();

  @Override
  public String apply(String order) {
    BigDecimal total = BigDecimal.ZERO;
    for (String line : order.split(", ")) {
      int space = line.lastIndexOf(' ');
      BigDecimal count = new BigDecimal(line.substring(space + 1));
      total = total.add(Prices.of(catalog.article(line.substring(0, space))).multiply(count));
    }
    return total.toPlainString();
  }
}
