package fn;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;

/** Its initialiser fails: an init error. */
public class Broken implements RequestHandler<String, String> {
  static final int VALUE = Waits.millis(10) + Integer.parseInt("none");

  @Override
  public String handleRequest(String event, Context context) {
    return event;
  }
}
