package fn;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import java.util.Map;

/** The handler of the tests: a slow initialiser in another one's, and one that throws. */
public class Orders implements RequestHandler<Map<String, Object>, String> {
  static final int SLOW = Slow.value();

  public Orders() {
    try {
      Failing.touch();
    } catch (ExceptionInInitializerError e) {
      Waits.millis(5);
    }
  }

  @Override
  public String handleRequest(Map<String, Object> event, Context context) {
    System.out.println("handled " + System.getProperty("greeting") + new Lazy());
    return event + " " + SLOW;
  }
}

class Slow {
  private static final int VALUE = Waits.millis(30) + Inner.value();

  static int value() {
    return VALUE;
  }
}

class Inner {
  private static final int VALUE = Waits.millis(20);

  static int value() {
    return VALUE;
  }
}

class Failing {
  static {
    Waits.millis(10);
    Integer.parseInt("none");
  }

  static void touch() {}
}

class Lazy {
  private static final int VALUE = Waits.millis(10);

  @Override
  public String toString() {
    return " lazily after " + VALUE;
  }
}
