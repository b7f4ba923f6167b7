package dev.frostline;

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

  /** One package calls AWS, so that what is called can be read, and granted, in one place. */
  @Test
  void onlyTheAccount_callsAws() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.frostline.account..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("software.amazon..")
        .check(CLASSES);
  }

  @Test
  void publicTypes_areTheListedOnes() {
    List<String> types =
        CLASSES.stream()
            .filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC))
            .filter(type -> type.getEnclosingClass().isEmpty())
            .map(JavaClass::getName)
            .map(name -> name.substring("dev.frostline.".length()))
            .sorted()
            .toList();
    assertEquals(
        List.of(
            "account.Account",
            "account.AccountException",
            "account.Action",
            "account.Connection",
            "account.DeliveryMetrics",
            "account.LambdaFunction",
            "account.LogGroup",
            "account.Notice",
            "account.Outcome",
            "account.PlanFile",
            "account.Selection",
            "account.SubscriptionFilter",
            "account.SubscriptionPolicy",
            "account.Wrapping",
            "doctor.Doctor",
            "doctor.Finding",
            "subscribe.Applier",
            "subscribe.InvokePermission",
            "subscribe.Planner",
            "subscribe.SubscribeHandler",
            "subscribe.Subscription",
            "subscribe.SubscriptionPlan",
            "wrap.Runtimes",
            "wrap.WrapApplier",
            "wrap.WrapChange",
            "wrap.WrapPlan",
            "wrap.WrapPlanner"),
        types);
  }
}
