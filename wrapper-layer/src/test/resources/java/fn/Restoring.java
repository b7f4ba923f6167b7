package fn;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;

/** A SnapStart function: loads a class, is frozen, and answers. */
public class Restoring implements RequestHandler<Object, String> {
  static final int SLOW = Slow.value();

  @Override
  public String handleRequest(Object event, Context context) {
    return "restored";
  }
}
