package dev.frostline.notify;

import java.io.IOException;
import java.util.List;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.ses.SesClient;

/** Who takes a mail as it goes over the wire. */
interface MailServer {
  void send(String from, List<String> to, byte[] message) throws IOException;

  /** SES, with the credentials of the AWS default chain. */
  static MailServer ses() {
    return (from, to, message) -> {
      try (SesClient client = SesClient.create()) {
        client.sendRawEmail(
            send ->
                send.source(from)
                    .destinations(to)
                    .rawMessage(raw -> raw.data(SdkBytes.fromByteArray(message))));
      } catch (SdkException e) {
        throw new IOException("SES: " + e.getMessage(), e);
      }
    };
  }
}
