package dev.frostline.ingest;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter().importPath(Path.of("target/classes"));

  @Test
  void packages_haveNoCycles() {
    slices().matching("dev.frostline.(**)").should().beFreeOfCycles().check(CLASSES);
  }

  /** The deployed jar carries neither database nor SDK. */
  @Test
  void reader_knowsNeitherStoreNorDatabase() {
    noClasses()
        .that()
        .resideInAPackage("dev.frostline.ingest..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "dev.frostline.store..",
            "dev.frostline.verdict..",
            "dev.frostline.cli..",
            "dev.frostline.lake..",
            "dev.frostline.scheduled..",
            "java.sql..",
            "org.duckdb..",
            "software.amazon.awssdk..")
        .check(CLASSES);
  }

  @Test
  void publicTypes_areTheListedOnes() {
    List<String> types =
        CLASSES.stream()
            .filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC))
            .map(JavaClass::getName)
            .filter(name -> name.startsWith("dev.frostline.ingest."))
            .map(name -> name.substring("dev.frostline.ingest.".length()))
            .sorted()
            .toList();
    assertEquals(
        List.of(
            "BatchReader",
            "DeliveredLogs",
            "DirectoryLanding",
            "IngestHandler",
            "Landing",
            "LandingObject",
            "LineTally",
            "LogFile",
            "Origin",
            "TimingLineSink",
            "UndecodableException",
            "line.BrokenLineException",
            "line.LineReader",
            "s3.Bucket",
            "s3.RefusedException"),
        types);
  }
}
