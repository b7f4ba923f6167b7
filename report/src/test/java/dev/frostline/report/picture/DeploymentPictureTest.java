package dev.frostline.report.picture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.frostline.report.picture.DeploymentPicture.Part;
import dev.frostline.report.picture.ImportTree.Node;
import dev.frostline.report.picture.ImportTree.Time;
import dev.frostline.store.Store;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeploymentPictureTest {
  @Test
  void parts_fillTheBar() throws Exception {
    try (Store store = Orders.store()) {
      DeploymentPicture picture = DeploymentPicture.read(store.connection(), Orders.FUNCTION, "2");
      List<Part> parts = picture.parts();
      double end = 0;
      for (Part part : parts) {
        assertEquals(end, part.x(), 0.01, part.toString());
        end = part.x() + part.width();
      }
      assertEquals(100, end, 0.05);
      assertTrue(picture.isThere() && picture.isTraced());
      assertTrue(picture.html().contains("Where it goes"));
      assertFalse(DeploymentPicture.read(store.connection(), Orders.FUNCTION, "none").isThere());
    }
  }

  @Test
  void package_countsWhatItPullsInOnce() {
    Node inner = Node.of("pandas.core", "python module", new Time(30, 30), List.of());
    Node numpy = Node.of("numpy", "python module", new Time(20, 50), List.of(inner));
    Node pandas = Node.of("pandas", "python module", new Time(10, 60), List.of(numpy));
    Node app = Node.of("app", "python module", new Time(1, 61), List.of(pandas));
    List<ImportPackages.PackageTime> packages = ImportPackages.of(ImportTree.of(3, List.of(app)));
    assertEquals(
        List.of(
            new ImportPackages.PackageTime("pandas", "python module", 2, 40, 60, "app"),
            new ImportPackages.PackageTime("numpy", "python module", 1, 20, 50, "pandas"),
            new ImportPackages.PackageTime("app", "python module", 1, 1, 61, "")),
        packages);
  }

  @ParameterizedTest
  @CsvSource({
    "python module, pandas.core.frame, pandas",
    "java class, com.fasterxml.jackson.databind.ObjectMapper, com.fasterxml.jackson",
    "java class, App, App",
    "node module, /var/task/node_modules/@aws-sdk/client-s3/dist/index.js, @aws-sdk/client-s3",
    "node module, /var/task/node_modules/lodash/lodash.js, lodash",
    "node module, /var/task/index.js, /var/task/index.js",
    "ruby file, aws-sdk-core/client.rb, aws-sdk-core",
    "dotnet assembly, System.Text.Json, System.Text.Json"
  })
  void packages_areNamedAsInTheReport(String kind, String name, String expected) {
    assertEquals(expected, ImportPackages.nameOf(kind, name));
  }
}
