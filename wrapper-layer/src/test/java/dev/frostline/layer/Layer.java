package dev.frostline.layer;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The built layer zip, and a copy of it unpacked with its modes as Lambda unpacks it into /opt. */
record Layer(Path root) {
  static Path zip() {
    return Path.of(System.getProperty("frostline.layer.zip"));
  }

  static Layer unpackedTo(Path root) throws IOException {
    Map<String, Object> withModes = Map.of("enablePosixFileAttributes", true);
    try (FileSystem zip = FileSystems.newFileSystem(zip(), withModes)) {
      for (Path entry : files(zip)) {
        Path target = root.resolve(entry.toString().substring(1));
        Files.createDirectories(target.getParent());
        Files.copy(entry, target);
        Files.setPosixFilePermissions(target, Files.getPosixFilePermissions(entry));
      }
    }
    return new Layer(root);
  }

  static List<Path> files(FileSystem zip) throws IOException {
    try (Stream<Path> entries = Files.walk(zip.getPath("/"))) {
      return entries.filter(Files::isRegularFile).toList();
    }
  }

  /** A file of the layer that nobody may read; the start has to be held to permissions. */
  Layer without(String file) throws IOException {
    Files.setPosixFilePermissions(
        root.resolve("frostline").resolve(file), PosixFilePermissions.fromString("---------"));
    return this;
  }

  Path wrapper() {
    return root.resolve("bin/importtime_wrapper");
  }

  Path hook() {
    return root.resolve("frostline/python/sitecustomize.py");
  }

  /** Without the compiled files, so that a changed hook is what runs. */
  Layer withoutPrecompiled() throws IOException {
    try (Stream<Path> files = Files.walk(hook().getParent())) {
      for (Path file : files.filter(file -> file.toString().endsWith(".pyc")).toList()) {
        Files.delete(file);
      }
    }
    return this;
  }
}
