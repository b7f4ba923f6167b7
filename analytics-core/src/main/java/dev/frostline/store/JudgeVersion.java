package dev.frostline.store;

import dev.frostline.verdict.Judge;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Which rules judge: the checksums of all that judges. Whatever is kept under them is forgotten
 * with the first change of any of it, whether or not somebody thought of a new number.
 */
final class JudgeVersion {
  private static final String CLASSES = "dev/frostline/verdict/";
  private static final String QUERIES = "queries/verdict/";

  /** The same for equal classes and queries, in a jar or in folders. */
  static final String CURRENT = Long.toHexString(checksum());

  private JudgeVersion() {}

  private static long checksum() {
    try {
      Path place = place();
      CRC32 all = new CRC32();
      (Files.isDirectory(place) ? ofFolder(place) : ofJar(place))
          .forEach(
              (name, checksum) -> all.update((name + checksum).getBytes(StandardCharsets.UTF_8)));
      return all.getValue();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * The jar or the folder that holds the judge. Its protection domain would say so too, but for
   * classes out of a class-data archive.
   */
  private static Path place() throws URISyntaxException {
    String name = Judge.class.getName().replace('.', '/') + ".class";
    String found =
        Objects.requireNonNull(Judge.class.getResource("/" + name), "the judge's class").toString();
    String place = found.substring(0, found.length() - name.length());
    return Path.of(new URI(place.replaceFirst("^jar:", "").replaceFirst("!/$", "")));
  }

  /** Checksums stand in a jar's directory: nothing is unpacked. */
  private static SortedMap<String, Long> ofJar(Path jar) throws IOException {
    SortedMap<String, Long> checksums = new TreeMap<>();
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      zip.stream()
          .filter(entry -> !entry.isDirectory() && judges(entry.getName()))
          .forEach((ZipEntry entry) -> checksums.put(entry.getName(), entry.getCrc()));
    }
    return checksums;
  }

  private static SortedMap<String, Long> ofFolder(Path folder) throws IOException {
    SortedMap<String, Long> checksums = new TreeMap<>();
    for (String part : new String[] {CLASSES, QUERIES}) {
      try (Stream<Path> files = Files.walk(folder.resolve(part))) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          CRC32 checksum = new CRC32();
          checksum.update(Files.readAllBytes(file));
          checksums.put(folder.relativize(file).toString().replace('\\', '/'), checksum.getValue());
        }
      }
    }
    return checksums;
  }

  private static boolean judges(String name) {
    return name.startsWith(CLASSES) || name.startsWith(QUERIES);
  }
}
