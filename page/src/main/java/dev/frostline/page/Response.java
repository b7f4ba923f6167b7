package dev.frostline.page;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** What the server sends. */
@SuppressWarnings("ArrayRecordComponent") // responses are never compared
record Response(int status, String type, byte[] body, Map<String, String> headers) {
  static Response html(int status, String page) {
    return html(status, page.getBytes(StandardCharsets.UTF_8));
  }

  static Response html(int status, byte[] page) {
    return new Response(status, "text/html; charset=utf-8", page, Map.of());
  }

  static Response text(int status, String text) {
    return new Response(
        status,
        "text/plain; charset=utf-8",
        (text + "\n").getBytes(StandardCharsets.UTF_8),
        Map.of());
  }

  static Response seeOther(String address) {
    return text(303, "See " + address).with("Location", address);
  }

  Response with(String header, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(header, value);
    return new Response(status, type, body, more);
  }
}
