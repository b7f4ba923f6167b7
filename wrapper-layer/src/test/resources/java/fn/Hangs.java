package fn;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Its initialiser leaves a file and takes longer than any patience. */
public class Hangs implements RequestHandler<String, String> {
  static final int VALUE = begin() + Waits.millis(60_000);

  private static int begin() {
    try {
      Files.createFile(Path.of(System.getenv("SIGN_OF_LIFE")));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return 0;
  }

  @Override
  public String handleRequest(String event, Context context) {
    return event;
  }
}
