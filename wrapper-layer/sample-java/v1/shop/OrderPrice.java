package shop;

import java.math.BigDecimal;
import java.util.function.UnaryOperator;

/** The sample function: prices an order such as {@code tea 2, cup 1}. */
public final class OrderPrice implements UnaryOperator<String> {
  @Override
  public String apply(String order) {
    BigDecimal total = BigDecimal.ZERO;
    for (String line : order.split(", ")) {
      int space = line.lastIndexOf(' ');
      BigDecimal count = new BigDecimal(line.substring(space + 1));
      total = total.add(Prices.of(line.substring(0, space)).multiply(count));
    }
    return total.toPlainString();
  }
}
