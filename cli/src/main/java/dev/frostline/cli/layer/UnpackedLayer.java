package dev.frostline.cli.layer;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** The layer zip of this build, unpacked as Lambda unpacks it into {@code /opt}. */
public final class UnpackedLayer {
  private static final String ZIP = "/frostline-layer.zip";

  private UnpackedLayer() {}

  /**
   * Unpacks the layer into a folder, over what an earlier one left there.
   *
   * @return the executable {@code bin/importtime_wrapper}, to be started with a program's command
   * @throws IOException when it cannot be written
   */
  public static Path wrapperIn(Path folder) throws IOException {
    try (InputStream carried = UnpackedLayer.class.getResourceAsStream(ZIP)) {
      if (carried == null) {
        throw new IOException("this build carries no layer; build it with ./mvnw -B package");
      }
      unpack(new ZipInputStream(carried), folder);
    }
    Path wrapper = folder.resolve("bin/importtime_wrapper");
    if (!wrapper.toFile().setExecutable(true)) {
      throw new IOException("the wrapper cannot be made executable in " + folder);
    }
    return wrapper.toAbsolutePath();
  }

  private static void unpack(ZipInputStream zip, Path folder) throws IOException {
    for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
      Path target = folder.resolve(entry.getName());
      Files.createDirectories(target.resolveSibling(""));
      Files.copy(zip, target, StandardCopyOption.REPLACE_EXISTING);
    }
  }
}
