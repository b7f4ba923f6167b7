package dev.frostline.page;

import dev.frostline.report.Links;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where a view is, with all of its state: a path whose segments are names in any characters, and
 * parameters. {@code /f/123456789012/eu-west-1/checkout-api?since=28d}.
 */
record Address(String path, Map<String, String> parameters) {
  Address {
    parameters = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
  }

  static Address of(String... segments) {
    return new Address(Links.path(segments), Map.of());
  }

  static Address function(String account, String region, String name) {
    return of("f", account, region, name);
  }

  /** One deployment of a function. */
  static Address deployment(String account, String region, String name, String deployment) {
    return new Address(
        function(account, region, name).path()
            + "/"
            + Links.segment(deployment).replace("..", "%2E%2E"),
        Map.of());
  }

  static Address comparison(
      String account, String region, String name, String before, String after) {
    return new Address(
        function(account, region, name).path()
            + "/"
            + Links.segment(before).replace("..", "%2E%2E")
            + ".."
            + Links.segment(after).replace("..", "%2E%2E"),
        Map.of());
  }

  /** The same view with one parameter otherwise; without it where the value is absent or empty. */
  Address with(String name, @Nullable String value) {
    Map<String, String> changed = new LinkedHashMap<>(parameters);
    if (value == null || value.isEmpty()) {
      changed.remove(name);
    } else {
      changed.put(name, value);
    }
    return new Address(path, changed);
  }

  /** The same answer for programs. */
  Address twin(String ending) {
    return new Address((path.equals("/") ? "/fleet" : path) + "." + ending, parameters);
  }

  /** A parameter; absent when it is not there or empty. */
  @Nullable String parameter(String name) {
    String value = parameters.get(name);
    return value == null || value.isEmpty() ? null : value;
  }

  /** The parts between the slashes, as names. */
  List<String> segments() {
    List<String> segments = new ArrayList<>();
    for (String segment : path.substring(1).split("/", -1)) {
      segments.add(decoded(segment));
    }
    return segments;
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(path);
    char sign = '?';
    for (Map.Entry<String, String> parameter : parameters.entrySet()) {
      text.append(sign)
          .append(Links.segment(parameter.getKey()))
          .append('=')
          .append(Links.segment(parameter.getValue()));
      sign = '&';
    }
    return text.toString();
  }

  /** Parameters of a query or of a form. */
  static Map<String, String> parameters(@Nullable String text) {
    Map<String, String> parameters = new LinkedHashMap<>();
    if (text != null && !text.isEmpty()) {
      for (String pair : text.split("&", -1)) {
        int sign = pair.indexOf('=');
        parameters.putIfAbsent(
            decodedPlus(sign < 0 ? pair : pair.substring(0, sign)),
            sign < 0 ? "" : decodedPlus(pair.substring(sign + 1)));
      }
    }
    return parameters;
  }

  static String decoded(String text) {
    return decodedPlus(text.replace("+", "%2B"));
  }

  private static String decodedPlus(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
