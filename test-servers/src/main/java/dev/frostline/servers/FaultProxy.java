package dev.frostline.servers;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Stands between clients and an HTTP server and spoils a share of the requests. Every connection
 * serves one request, whose bytes it passes on as they are, so that signatures hold.
 */
public final class FaultProxy implements AutoCloseable {
  private static final Pattern LENGTH =
      Pattern.compile("(?i)\r\ncontent-length: *(\\d+)", Pattern.MULTILINE);
  private static final Pattern CONNECTION = Pattern.compile("(?i)\r\nconnection: *[^\r]*");
  private static final Pattern EXPECT = Pattern.compile("(?i)\r\nexpect: *100-continue");

  private final ServerSocket listener;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Random random;
  private final int serverPort;
  private final AtomicLong requests = new AtomicLong();
  private final AtomicLong spoilt = new AtomicLong();
  private volatile List<Fault> faults = List.of(Fault.values());
  private volatile double share;

  /** A proxy without faults, in front of the server on that port. */
  public FaultProxy(int serverPort, long seed) throws IOException {
    this.serverPort = serverPort;
    this.random = new Random(seed);
    listener = new ServerSocket(0, 256, InetAddress.getLoopbackAddress());
    threads.execute(this::accept);
  }

  /** {@code http://127.0.0.1:PORT}. */
  public String endpoint() {
    return "http://127.0.0.1:" + listener.getLocalPort();
  }

  /** From now on that share of the requests, 0 to 1, meets one of these faults. */
  public void spoil(double share, Fault... faults) {
    this.faults = List.of(faults.length == 0 ? Fault.values() : faults);
    this.share = share;
  }

  /** Requests so far. */
  public long requests() {
    return requests.get();
  }

  /** Requests so far that met a fault. */
  public long spoilt() {
    return spoilt.get();
  }

  @Override
  public void close() throws IOException {
    listener.close();
    threads.shutdownNow();
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket client = listener.accept();
        threads.execute(() -> serve(client));
      } catch (IOException e) {
        return; // closed
      }
    }
  }

  private void serve(Socket client) {
    try (client) {
      byte[] request = request(client);
      if (request.length > 0) {
        requests.incrementAndGet();
        answer(request, client);
      }
    } catch (IOException e) {
      return; // the client went away: its loss
    }
  }

  private void answer(byte[] request, Socket client) throws IOException {
    double drawn;
    Fault fault;
    synchronized (random) {
      drawn = random.nextDouble();
      fault = faults.get(random.nextInt(faults.size()));
    }
    if (drawn >= share || (fault.isOfConditions() && !isConditional(request))) {
      client.getOutputStream().write(served(request));
      return;
    }
    spoilt.incrementAndGet();
    if (fault.isDone()) {
      served(request);
    }
    if (fault.isReset()) {
      client.setSoLinger(true, 0); // closing then sends a reset
    }
    if (fault.status() == 0) {
      return;
    }
    String body = "<Error><Code>" + fault.code() + "</Code></Error>";
    String head =
        "HTTP/1.1 "
            + fault.status()
            + " Fault\r\nConnection: close\r\nContent-Type: application/xml\r\nContent-Length: "
            + body.length()
            + "\r\n\r\n";
    client.getOutputStream().write(ascii(head + body));
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static boolean isConditional(byte[] request) {
    return new String(request, StandardCharsets.ISO_8859_1)
        .split("\r\n\r\n", 2)[0]
        .toLowerCase(Locale.ROOT)
        .contains("\r\nif-none-match:");
  }

  private byte[] served(byte[] request) throws IOException {
    try (Socket server = new Socket(InetAddress.getLoopbackAddress(), serverPort)) {
      OutputStream out = server.getOutputStream();
      out.write(request);
      out.flush();
      return server.getInputStream().readAllBytes();
    }
  }

  /** Head and body, asking the server to close the connection behind its answer. */
  private static byte[] request(Socket client) throws IOException {
    InputStream in = client.getInputStream();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    int end = 0;
    while (end != 0x0d0a0d0a) {
      int next = in.read();
      if (next < 0) {
        return new byte[0];
      }
      bytes.write(next);
      end = end << 8 | next;
    }
    String head = bytes.toString(StandardCharsets.ISO_8859_1);
    if (EXPECT.matcher(head).find()) {
      client.getOutputStream().write(ascii("HTTP/1.1 100 Continue\r\n\r\n"));
      head = EXPECT.matcher(head).replaceAll("");
    }
    Matcher length = LENGTH.matcher(head);
    int expected = length.find() ? Integer.parseInt(length.group(1)) : 0;
    byte[] body = in.readNBytes(expected);
    if (body.length < expected) {
      throw new EOFException("the client went away");
    }
    String closing = CONNECTION.matcher(head).replaceAll("");
    bytes.reset();
    bytes.write(ascii(closing.substring(0, closing.length() - 2) + "Connection: close\r\n\r\n"));
    bytes.write(body);
    return bytes.toByteArray();
  }
}
