package dev.frostline.notify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.frostline.report.Mail;
import dev.frostline.report.Message;
import dev.frostline.servers.Tool;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real mail server, aiosmtpd, and Python's own reader of mails. */
class SmtpServerTest {
  private static final Message FINDING =
      FindingMessage.of(
          List.of(Made.event("opened", "checkout-api", "42", Made.MONDAY)),
          Sending.of(Map.of("FROSTLINE_PAGE", "https://page.example")));
  private static final List<String> TO = List.of("team@example.com");

  @TempDir Path folder = Path.of(".");

  @Test
  void mail_arrivesAsItWasSent() throws Exception {
    byte[] message = Mail.of(FINDING).message("frostline@example.com", TO);
    try (Inbox inbox = new Inbox()) {
      server(inbox, "smtp://127.0.0.1:%d").send("frostline@example.com", TO, message);
      JsonNode mail = inbox.next();
      assertEquals("frostline@example.com", mail.path("from").asText());
      assertEquals("[\"team@example.com\"]", mail.path("to").toString());
      byte[] arrived = Base64.getDecoder().decode(mail.path("message").asText());
      assertEquals(
          new String(message, StandardCharsets.US_ASCII).strip(),
          new String(arrived, StandardCharsets.US_ASCII).strip());
      IOException refused =
          assertThrows(
              IOException.class,
              () ->
                  server(inbox, "smtp://127.0.0.1:%d")
                      .send("frostline@example.com", List.of("nobody@example.com"), message));
      assertEquals(
          "the mail server 127.0.0.1 refuses: 550 5.1.1 there is no such user",
          refused.getMessage());
    }
  }

  @Test
  void password_goesOverAnEncryptedLineAlone_toAServerThatIsKnown() throws Exception {
    Path certificate = certificate();
    byte[] message = Mail.of(FINDING).message("frostline@example.com", TO);
    try (Inbox inbox = new Inbox(certificate.toString(), folder.resolve("key.pem").toString())) {
      String address = "smtp://frostline@localhost:%d";
      IOException unknown =
          assertThrows(
              IOException.class,
              () -> server(inbox, address).send("frostline@example.com", TO, message));
      assertTrue(String.valueOf(unknown.getMessage()).contains("certification path"));
      new SmtpServer(inbox.at(address), () -> "s3cret", trusting(certificate))
          .send("frostline@example.com", TO, message);
      JsonNode mail = inbox.next();
      assertTrue(mail.path("encrypted").booleanValue(), mail.toString());
      assertEquals("frostline", mail.path("user").asText());
      IOException wrong =
          assertThrows(
              IOException.class,
              () ->
                  new SmtpServer(inbox.at(address), () -> "other", trusting(certificate))
                      .send("frostline@example.com", TO, message));
      assertTrue(String.valueOf(wrong.getMessage()).contains("535"), wrong.getMessage());
    }
    try (Inbox open = new Inbox()) {
      IOException clear =
          assertThrows(
              IOException.class,
              () ->
                  server(open, "smtp://frostline@127.0.0.1:%d")
                      .send("frostline@example.com", TO, message));
      assertTrue(
          String.valueOf(clear.getMessage())
              .endsWith("offers no encryption, so the password was not sent"));
    }
  }

  @Test
  void addressWithAPassword_isRefused_withoutBeingRepeated() {
    IllegalArgumentException refused =
        assertThrows(
            IllegalArgumentException.class,
            () -> new SmtpServer("smtp://user:s3cret@host:587", () -> ""));
    assertFalse(String.valueOf(refused.getMessage()).contains("s3cret"));
  }

  private static SmtpServer server(Inbox inbox, String address) {
    return new SmtpServer(inbox.at(address), () -> "s3cret");
  }

  private Path certificate() {
    Path certificate = folder.resolve("certificate.pem");
    Tool.onPath("openssl")
        .run(
            folder,
            Map.of(),
            "req",
            "-x509",
            "-newkey",
            "rsa:2048",
            "-nodes",
            "-days",
            "2",
            "-subj",
            "/CN=localhost",
            "-addext",
            "subjectAltName=DNS:localhost",
            "-keyout",
            folder.resolve("key.pem").toString(),
            "-out",
            certificate.toString());
    return certificate;
  }

  private static TrustManager trusting(Path certificate) throws Exception {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    try (InputStream content = Files.newInputStream(certificate)) {
      store.setCertificateEntry(
          "own",
          java.security.cert.CertificateFactory.getInstance("X.509").generateCertificate(content));
    }
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    return factory.getTrustManagers()[0];
  }

  /** The server and what it took. */
  private final class Inbox implements AutoCloseable {
    private final Process process;
    private final BufferedReader lines;
    private final int port;

    Inbox(String... arguments) throws IOException {
      Path script = folder.resolve("mail_server.py");
      try (InputStream text =
          Objects.requireNonNull(SmtpServerTest.class.getResourceAsStream("mail_server.py"))) {
        Files.write(script, text.readAllBytes());
      }
      Path python = Tool.fetched("aiosmtpd/bin/python").folder().resolve("python");
      List<String> command = new ArrayList<>(List.of(python.toString(), script.toString()));
      command.addAll(List.of(arguments));
      process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      lines = process.inputReader(StandardCharsets.UTF_8);
      port = Integer.parseInt(next(lines.readLine()));
    }

    private static String next(@Nullable String line) {
      return Objects.requireNonNull(line, "the mail server ended");
    }

    String at(String address) {
      return String.format(address, port);
    }

    JsonNode next() throws IOException {
      return new ObjectMapper().readTree(next(lines.readLine()));
    }

    @Override
    public void close() {
      process.destroy();
    }
  }
}
