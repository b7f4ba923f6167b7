package dev.frostline;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter().importPath(Path.of("target/classes"));

  /** The packages of the judge in the order data flows: each uses only those before it. */
  private static final List<String> JUDGING =
      Stream.of(
              "statistics",
              "timeline",
              "history",
              "hosts",
              "blame",
              "comparison",
              "changes",
              "findings",
              "fleet",
              "")
          .map(step -> step.isEmpty() ? "dev.frostline.verdict" : "dev.frostline.verdict." + step)
          .toList();

  @Test
  void packages_haveNoCycles() {
    slices().matching("dev.frostline.(**)").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void core_usesNeitherReaderNorReportNorCommandLine() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "dev.frostline.ingest..",
            "dev.frostline.report..",
            "dev.frostline.cli..",
            "com.amazonaws..",
            "gg.jte..")
        .check(CLASSES);
  }

  @Test
  void databaseAccess_staysInItsPackages() {
    noClasses()
        .that()
        .resideInAnyPackage("dev.frostline.timing..", "dev.frostline.coldstart..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.sql..", "org.duckdb..")
        .check(CLASSES);
  }

  @Test
  void judging_knowsNeitherDatabaseNorTemplates() {
    noClasses()
        .that()
        .resideInAPackage("dev.frostline.verdict..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "java.sql..",
            "java.nio.file..",
            "org.duckdb..",
            "gg.jte..",
            "dev.frostline.store..",
            "dev.frostline.policy..",
            "dev.frostline.report..")
        .check(CLASSES);
  }

  @Test
  void judging_goesOneWay() {
    for (int step = 0; step < JUDGING.size(); step++) {
      noClasses()
          .that()
          .resideInAPackage(JUDGING.get(step))
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(JUDGING.subList(step + 1, JUDGING.size()).toArray(String[]::new))
          .check(CLASSES);
    }
  }

  @Test
  void publicTypes_areTheListedOnes() throws IOException {
    List<String> types =
        CLASSES.stream()
            .filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC))
            .filter(type -> type.getEnclosingClass().isEmpty())
            .map(JavaClass::getName)
            .filter(name -> name.matches("dev\\.frostline\\.(timing|coldstart|store)\\..*"))
            .sorted()
            .toList();
    assertEquals(
        Files.readString(Path.of("src/test/resources/public-types.txt")),
        types.stream().collect(Collectors.joining("\n", "", "\n")));
  }
}
