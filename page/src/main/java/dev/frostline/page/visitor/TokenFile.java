package dev.frostline.page.visitor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who has which token: a name and the token's SHA-256 a line, {@code jo 9f86d081…}; lines that
 * begin with # are for people. Read anew when it changes, so that a line that is gone closes the
 * page for its holder; a file that cannot be read closes it for all.
 */
final class TokenFile implements Tokens {
  private final Path file;
  private @Nullable FileTime read;
  private Map<String, String> names = Map.of();

  TokenFile(Path file) throws IOException {
    this.file = file;
    read = Files.getLastModifiedTime(file);
    names = parse(file);
  }

  @Override
  public synchronized @Nullable String nameOf(String hash) {
    try {
      FileTime changed = Files.getLastModifiedTime(file);
      if (!changed.equals(read)) {
        names = Map.of();
        read = changed;
        names = parse(file);
      }
    } catch (IOException | IllegalArgumentException e) {
      names = Map.of();
    }
    return names.get(hash);
  }

  @Override
  public String printed() {
    return "";
  }

  @Override
  public String words() {
    return "Paste your token. Whoever runs this page gives them out.";
  }

  private static Map<String, String> parse(Path file) throws IOException {
    Map<String, String> names = new HashMap<>();
    List<String> lines = Files.readAllLines(file);
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      String[] words = line.split("\\s+", -1);
      String hash = words[words.length - 1].toLowerCase(Locale.ROOT);
      if (words.length != 2 || !hash.matches("[0-9a-f]{64}")) {
        throw new IllegalArgumentException(
            file
                + ":"
                + (i + 1)
                + ": write a name and the SHA-256 of its token in 64 hexadecimal digits: printf %s"
                + " TOKEN | sha256sum");
      }
      if (names.put(hash, words[0]) != null) {
        throw new IllegalArgumentException(file + ":" + (i + 1) + ": this token was given twice.");
      }
    }
    if (names.isEmpty()) {
      throw new IllegalArgumentException(file + " gives nobody a token. Add a line: name SHA256");
    }
    return names;
  }
}
