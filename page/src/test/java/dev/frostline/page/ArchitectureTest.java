package dev.frostline.page;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter().importPath(Path.of("target/classes"));

  @Test
  void packages_haveNoCycles() {
    slices().matching("dev.frostline.(**)").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void page_usesNeitherReadersNorCommandLineNorAws() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "dev.frostline.ingest..",
            "dev.frostline.scheduled..",
            "dev.frostline.cli..",
            "com.amazonaws..",
            "software.amazon..")
        .check(CLASSES);
  }
}
