package dev.frostline.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * This JVM's class path as a release lays it out: jars alone, DuckDB's library beside them instead
 * of unpacked at each start, and an archive of the classes that a first command loads. A process
 * then starts in a third of the CPU time, and one that is killed leaves no library behind.
 */
final class PackedClassPath {
  private static final String LIBRARY = "libduckdb_java.so";
  private final Path folder;
  private final Path archive;
  private final List<String> jars = new ArrayList<>();

  private PackedClassPath(Path folder) {
    this.folder = folder;
    archive = folder.resolve("classes.jsa");
  }

  /** Lays it out in a folder. */
  static PackedClassPath in(Path folder) throws IOException {
    PackedClassPath packed = new PackedClassPath(folder);
    for (String entry : System.getProperty("java.class.path").split(":", -1)) {
      Path path = Path.of(entry);
      if (Files.isDirectory(path)) {
        packed.addFolder(path);
      } else if (path.getFileName().toString().startsWith("duckdb_jdbc-")) {
        packed.addWithoutLibraries(path);
      } else {
        packed.jars.add(entry);
      }
    }
    return packed;
  }

  /** Arguments of {@code java}; the first process to end writes the archive that others use. */
  List<String> arguments() {
    String use = Files.exists(archive) ? "-XX:SharedArchiveFile=" : "-XX:ArchiveClassesAtExit=";
    return List.of(
        use + archive,
        "-Xshare:auto",
        "-Xlog:disable",
        "-Djava.library.path=" + folder,
        "-cp",
        String.join(":", jars));
  }

  private void addFolder(Path classes) throws IOException {
    try (ZipOutputStream jar = newJar();
        Stream<Path> tree = Files.walk(classes)) {
      for (Path file : tree.filter(one -> !one.equals(classes)).sorted().toList()) {
        boolean isFolder = Files.isDirectory(file);
        jar.putNextEntry(new ZipEntry(classes.relativize(file) + (isFolder ? "/" : "")));
        if (!isFolder) {
          Files.copy(file, jar);
        }
      }
    }
  }

  private void addWithoutLibraries(Path duckdb) throws IOException {
    String suffix = System.getProperty("os.arch").equals("aarch64") ? "arm64" : "amd64";
    try (ZipOutputStream jar = newJar();
        JarFile whole = new JarFile(duckdb.toFile())) {
      for (Enumeration<JarEntry> all = whole.entries(); all.hasMoreElements(); ) {
        JarEntry entry = all.nextElement();
        if (!entry.getName().startsWith(LIBRARY)) {
          jar.putNextEntry(new ZipEntry(entry.getName()));
          copy(whole, entry, jar);
        } else if (entry.getName().equals(LIBRARY + "_linux_" + suffix)) {
          try (OutputStream library = Files.newOutputStream(folder.resolve(LIBRARY))) {
            copy(whole, entry, library);
          }
        }
      }
    }
  }

  private ZipOutputStream newJar() throws IOException {
    Path jar = folder.resolve(jars.size() + ".jar");
    jars.add(jar.toString());
    ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(jar));
    out.setLevel(0);
    return out;
  }

  private static void copy(JarFile jar, JarEntry entry, OutputStream into) throws IOException {
    try (InputStream content = jar.getInputStream(entry)) {
      content.transferTo(into);
    }
  }
}
