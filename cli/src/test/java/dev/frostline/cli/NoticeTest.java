package dev.frostline.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * NOTICE says of every library that is shipped what licence it has. The build writes them to {@code
 * target/licences.txt}, a line each: {@code org.slf4j:slf4j-api:2.0.16 MIT}.
 */
class NoticeTest {
  private static final Path ROOT = Path.of(System.getProperty("frostline.root", ".."));

  @Test
  void notice_listsExactlyWhatIsShipped() throws IOException {
    Map<String, String> listed = listed();
    TreeSet<String> unused = new TreeSet<>(listed.keySet());
    List<String> shipped =
        Files.readAllLines(ROOT.resolve("cli/target/licences.txt")).stream()
            .filter(line -> !line.isBlank())
            .toList();
    assertTrue(shipped.size() > 50, shipped.toString());
    for (String line : shipped) {
      String[] words = line.trim().split("\\s+", 2);
      String library = words[0].substring(0, words[0].lastIndexOf(':'));
      String group = library.substring(0, library.indexOf(':')) + ":*";
      String entry = listed.containsKey(library) ? library : group;
      assertEquals(words[1], listed.get(entry), "NOTICE on " + library);
      unused.remove(entry);
    }
    assertEquals(new TreeSet<>(), unused, "NOTICE lists what is not shipped");
  }

  @Test
  void licence_isInTheTreeAndInThePom() throws IOException {
    assertTrue(Files.readString(ROOT.resolve("LICENSE")).contains("Version 2.0, January 2004"));
    assertTrue(Files.readString(ROOT.resolve("pom.xml")).contains("<name>Apache-2.0</name>"));
  }

  private static Map<String, String> listed() throws IOException {
    Map<String, String> listed = new TreeMap<>();
    for (String line : Files.readAllLines(ROOT.resolve("NOTICE"))) {
      if (line.matches("[a-z0-9.-]+:[a-z0-9_*-]+ .*")) {
        String[] words = line.split("\\s+", -1);
        listed.put(words[0], words[1]);
      }
    }
    return listed;
  }
}
