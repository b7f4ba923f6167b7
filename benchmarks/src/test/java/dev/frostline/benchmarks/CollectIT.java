package dev.frostline.benchmarks;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.frostline.servers.S3Server;
import dev.frostline.servers.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The first command of the installation, with AWS's own command line and an S3-compatible server.
 */
final class CollectIT {
  private static final Path ROOT = Path.of(System.getProperty("frostline.root", ".."));
  private static final Path DEPLOY = ROOT.resolve("deploy");

  @TempDir Path folder = Path.of(".");

  @Test
  void everyArtifactOfTheTemplates_liesWhereTheyLookForIt() throws Exception {
    Path aws = Tool.fetched("awscli/bin/aws").folder();
    String template = Files.readString(DEPLOY.resolve("frostline.yaml"));
    List<String> names = names(template, "\\$\\{ArtifactPrefix}/([\\w.-]+)");
    assertEquals(names, names(module(), "\\$\\{local\\.artifacts}/([\\w.-]+)"));
    String prefix = names(template, "Default: (frostline/[\\d.]+)").get(0);
    try (S3Server server = S3Server.start(folder)) {
      Map<String, String> environment = new HashMap<>(server.environment());
      environment.put("PATH", aws + ":" + System.getenv("PATH"));
      Tool.onPath("bash")
          .run(ROOT, environment, "deploy/collect", "--no-build", "s3://" + S3Server.BUCKET);
      assertEquals(
          names.stream().map(name -> prefix + "/" + name).toList(), server.keys("frostline/"));
      for (String name : names) {
        assertArrayEquals(built(name), server.read(prefix + "/" + name), name);
      }
    }
  }

  private static byte[] built(String name) throws IOException {
    String module =
        name.equals("frostline-layer.zip") ? "wrapper-layer" : name.replace("-lambda.jar", "");
    Pattern file = Pattern.compile(name.replace("-lambda", "-[\\d.]+-lambda"));
    try (Stream<Path> files = Files.list(ROOT.resolve(module).resolve("target"))) {
      return Files.readAllBytes(
          files
              .filter(one -> file.matcher(String.valueOf(one.getFileName())).matches())
              .findFirst()
              .orElseThrow());
    }
  }

  private static String module() throws IOException {
    StringBuilder text = new StringBuilder();
    try (Stream<Path> files = Files.list(DEPLOY.resolve("terraform"))) {
      for (Path file : files.filter(one -> one.toString().endsWith(".tf")).toList()) {
        text.append(Files.readString(file));
      }
    }
    return text.toString();
  }

  private static List<String> names(String text, String pattern) {
    return List.copyOf(
        new TreeSet<>(
            Pattern.compile(pattern).matcher(text).results().map(one -> one.group(1)).toList()));
  }
}
