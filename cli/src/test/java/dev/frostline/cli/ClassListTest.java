package dev.frostline.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The list of a real program's classes, with the JVM that it is made for. */
final class ClassListTest {
  private static final Path JDK = Path.of(System.getProperty("java.home"));
  @TempDir Path folder = Path.of(".");

  @Test
  void jvm_archivesTheClassesOfTheList_andLoadsThemFromThere() throws Exception {
    Files.createDirectories(folder.resolve("shop"));
    Files.writeString(
        folder.resolve("shop/Prices.java"),
        """
        package shop;

        public final class Prices {
          static final java.util.Map<String, Integer> ALL = new java.util.HashMap<>();

          static {
            for (int i = 0; i < 100_000; i++) {
              ALL.put("article " + i, i);
            }
          }

          public static void main(String[] words) {
            Runnable lambda = () -> System.out.println(ALL.size());
            lambda.run();
          }
        }
        """);
    run(JDK.resolve("bin/javac").toString(), "shop/Prices.java");
    run(JDK.resolve("bin/jar").toString(), "cf", "app.jar", "shop/Prices.class");
    String java = JDK.resolve("bin/java").toString();
    frostline(
        "trace",
        "-f",
        "shop",
        "--deployment",
        "1",
        "--runs",
        "3",
        "--",
        java,
        "-cp",
        "app.jar",
        "shop.Prices");
    frostline("export", "shop", "1", "--format", "classlist", "--out", "shop.classlist");
    List<String> classes = Files.readAllLines(folder.resolve("shop.classlist"));
    assertTrue(classes.contains("shop/Prices"), classes.toString());
    Files.write(folder.resolve("all.classlist"), Files.readAllBytes(JDK.resolve("lib/classlist")));
    Files.write(folder.resolve("all.classlist"), classes, StandardOpenOption.APPEND);
    run(
        java,
        "-Xshare:dump",
        "-XX:SharedClassListFile=all.classlist",
        "-XX:SharedArchiveFile=app.jsa",
        "-cp",
        "app.jar");
    String loaded =
        run(
            java,
            "-Xshare:on",
            "-XX:SharedArchiveFile=app.jsa",
            "-Xlog:class+load",
            "-cp",
            "app.jar",
            "shop.Prices");
    assertTrue(loaded.contains("shop.Prices source: shared objects file"), loaded);
    assertTrue(loaded.contains("100000"), loaded);
  }

  @Test
  void deploymentWithoutClasses_isRefused() throws Exception {
    MadeFleet fleet = new MadeFleet(folder);
    String refused = fleet.run("export", "heavy", "2", "--format", "classlist");
    assertTrue(refused.contains("has no Java class and no Node.js file"), refused);
    assertTrue(refused.endsWith("exit 3"), refused);
  }

  private String run(String... command) throws Exception {
    Cli cli = CliProcess.run(new ProcessBuilder(command).directory(folder.toFile()), Map.of());
    assertEquals(0, cli.exitCode(), cli.out() + cli.err());
    return cli.out();
  }

  private void frostline(String... words) throws Exception {
    List<String> command = new ArrayList<>(CliProcess.of(folder).command());
    command.addAll(List.of(words));
    run(command.toArray(String[]::new));
  }
}
