import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;

/** One class beside the runtime client. */
public class Small implements RequestHandler<String, String> {
  @Override
  public String handleRequest(String event, Context context) {
    return event;
  }
}
