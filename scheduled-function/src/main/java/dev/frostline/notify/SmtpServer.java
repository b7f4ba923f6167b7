package dev.frostline.notify;

import java.io.IOException;
import java.io.Writer;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.TrustManager;
import org.apache.commons.net.smtp.AuthenticatingSMTPClient;
import org.apache.commons.net.smtp.SMTPReply;
import org.apache.commons.net.util.TrustManagerUtils;
import org.jspecify.annotations.Nullable;

/**
 * A mail server: {@code smtp://USER@HOST:587}, encrypted by STARTTLS where the server offers it, or
 * {@code smtps://USER@HOST:465}. A password never goes over a line in the clear.
 */
final class SmtpServer implements MailServer {
  private static final Pattern ADDRESS =
      Pattern.compile("(smtps?)://(?:([^:@/\\s]+)@)?([A-Za-z0-9.-]+)(?::(\\d{1,5}))?/?");
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final boolean encryptedFromTheStart;
  private final String user;
  private final String host;
  private final int port;
  private final Password password;
  private final @Nullable TrustManager trust;

  /** Asked for where the server wants one. */
  interface Password {
    String get() throws IOException;
  }

  SmtpServer(String address, Password password) {
    this(address, password, null);
  }

  /**
   * @param trust whom to believe that it is the server; null for Java's own certificates
   */
  SmtpServer(String address, Password password, @Nullable TrustManager trust) {
    Matcher parts = ADDRESS.matcher(address);
    if (!parts.matches()) {
      throw new IllegalArgumentException(
          "No mail server: write smtp://USER@HOST:587 or smtps://USER@HOST:465, without a"
              + " password");
    }
    encryptedFromTheStart = parts.group(1).equals("smtps");
    user = parts.group(2) == null ? "" : parts.group(2).replace("%40", "@");
    host = parts.group(3);
    String given = parts.group(4);
    port = given == null ? (encryptedFromTheStart ? 465 : 587) : Integer.parseInt(given);
    this.password = password;
    this.trust = trust;
  }

  @Override
  public void send(String from, List<String> to, byte[] message) throws IOException {
    AuthenticatingSMTPClient client = client();
    try {
      client.connect(host, port);
      client.setSoTimeout((int) PATIENCE.toMillis());
      done(SMTPReply.isPositiveCompletion(client.getReplyCode()), client);
      boolean isEncrypted = greet(client);
      if (!user.isEmpty()) {
        logIn(client, isEncrypted);
      }
      done(client.setSender(from), client);
      for (String receiver : to) {
        done(client.addRecipient(receiver), client);
      }
      Writer writer = client.sendMessageData();
      if (writer == null) {
        throw refused(client);
      }
      try (writer) {
        writer.write(new String(message, StandardCharsets.US_ASCII));
      }
      done(client.completePendingCommand(), client);
      client.logout();
    } catch (GeneralSecurityException e) {
      throw new IOException("the mail server " + host + ": " + e.getMessage(), e);
    } finally {
      if (client.isConnected()) {
        client.disconnect();
      }
    }
  }

  /** The library's own default believes every certificate that is not out of date. */
  private AuthenticatingSMTPClient client() throws IOException {
    AuthenticatingSMTPClient client =
        new AuthenticatingSMTPClient("TLS", encryptedFromTheStart, StandardCharsets.UTF_8.name());
    try {
      client.setTrustManager(
          trust == null ? TrustManagerUtils.getDefaultTrustManager(null) : trust);
    } catch (GeneralSecurityException e) {
      throw new IOException("Java's certificates cannot be read: " + e.getMessage(), e);
    }
    client.setEndpointCheckingEnabled(true);
    client.setConnectTimeout((int) PATIENCE.toMillis());
    client.setDefaultTimeout((int) PATIENCE.toMillis());
    return client;
  }

  /** Says hello, over an encrypted line where there is one; whether there is. */
  private boolean greet(AuthenticatingSMTPClient client) throws IOException {
    String name = InetAddress.getLocalHost().getHostName().replaceAll("[^A-Za-z0-9.-]", "-");
    done(SMTPReply.isPositiveCompletion(client.ehlo(name)), client);
    if (encryptedFromTheStart) {
      return true;
    }
    if (!client.getReplyString().toUpperCase(Locale.ROOT).contains("STARTTLS")) {
      return false;
    }
    done(client.execTLS(), client);
    done(SMTPReply.isPositiveCompletion(client.ehlo(name)), client);
    return true;
  }

  private void logIn(AuthenticatingSMTPClient client, boolean isEncrypted)
      throws IOException, GeneralSecurityException {
    if (!isEncrypted) {
      throw new IOException(
          "the mail server " + host + " offers no encryption, so the password was not sent");
    }
    boolean plain = client.getReplyString().toUpperCase(Locale.ROOT).matches("(?s).*AUTH.*PLAIN.*");
    done(
        client.auth(
            plain
                ? AuthenticatingSMTPClient.AUTH_METHOD.PLAIN
                : AuthenticatingSMTPClient.AUTH_METHOD.LOGIN,
            user,
            password.get()),
        client);
  }

  private void done(boolean isDone, AuthenticatingSMTPClient client) throws IOException {
    if (!isDone) {
      throw refused(client);
    }
  }

  private IOException refused(AuthenticatingSMTPClient client) {
    String reply = String.valueOf(client.getReplyString()).strip().replaceAll("\\s+", " ");
    return new IOException("the mail server " + host + " refuses: " + reply);
  }
}
