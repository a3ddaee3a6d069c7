package io.rekindle;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.rekindle.plan.PlanReader;
import io.rekindle.plan.check.PlanChecks;
import java.time.Clock;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** What may know what. */
class ArchitectureTest {
  private static final String OURS = "io.rekindle";
  private static final String PLANS = "io.rekindle.plan..";
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(location -> !location.contains("/test-classes/"))
          .importPackages(OURS);

  @Test
  void packagesHaveNoCycles() {
    slices()
        .matching("io.rekindle.(**)")
        .should()
        .beFreeOfCycles()
        // The one door: whoever reads a plan gets it checked, without naming the checks.
        .ignoreDependency(PlanReader.class, PlanChecks.class)
        .check(CLASSES);
  }

  @Test
  void shapesKnowNothingElseOfOurs() {
    noClasses()
        .that()
        .resideInAPackage("io.rekindle.plan.shape..")
        .should()
        .dependOnClassesThat(
            describe(
                "are ours, outside shape",
                type ->
                    type.getPackageName().startsWith(OURS)
                        && !type.getPackageName().startsWith("io.rekindle.plan.shape")))
        .check(CLASSES);
  }

  @Test
  void plansKnowNeitherTemporalNorAwsNorMicronaut() {
    noClasses()
        .that()
        .resideInAPackage(PLANS)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.temporal..", "software.amazon..", "com.amazonaws..", "io.micronaut..")
        .check(CLASSES);
  }

  @Test
  void plansKnowNoClock() {
    noClasses()
        .that()
        .resideInAPackage(PLANS)
        .should()
        .callMethodWhere(asksTheTime())
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(Clock.class)
        .check(CLASSES);
  }

  private static DescribedPredicate<JavaMethodCall> asksTheTime() {
    Set<String> ofSystem = Set.of("currentTimeMillis", "nanoTime");
    return describe(
        "ask the time",
        call -> {
          String owner = call.getTargetOwner().getName();
          String method = call.getName();
          return (owner.startsWith("java.time.") && method.equals("now"))
              || (owner.equals("java.lang.System") && ofSystem.contains(method));
        });
  }

  @Test
  void plansKnowNoThreadsAndNoChance() {
    noClasses()
        .that()
        .resideInAPackage(PLANS)
        .should()
        .dependOnClassesThat()
        .areAssignableTo(Thread.class)
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(ExecutorService.class)
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(RandomGenerator.class)
        .orShould()
        .callMethod(Math.class, "random")
        .orShould()
        .callMethod(UUID.class, "randomUUID")
        .check(CLASSES);
  }

  @Test
  void everyPackageIsNullMarked() {
    assertThat(
            CLASSES.getPackage(OURS).getSubpackagesInTree().stream()
                .filter(each -> !each.getClasses().isEmpty())
                .filter(each -> !each.isAnnotatedWith(NullMarked.class))
                .map(JavaPackage::getName))
        .as("packages without a @NullMarked package-info.java")
        .isEmpty();
  }

  @Test
  void namesSayWhatAClassDoes() {
    classes()
        .should()
        .haveNameNotMatching(
            ".*[.$]([A-Za-z0-9]*(Manager|Helper|Util|Utils)|(Base|Abstract)[A-Z][A-Za-z0-9]*)")
        .because("each of these words stands for a name that nobody looked for")
        .check(CLASSES);
  }
}
