package io.rekindle;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.rekindle.action.aws.ActionHandler;
import jakarta.inject.Singleton;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** What handlers may know, and who may know them. */
class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.rekindle.action.aws");

  @Test
  void handlersAreKnownToNobody() {
    classes()
        .that()
        .implement(ActionHandler.class)
        .should()
        .bePackagePrivate()
        .andShould()
        .beAnnotatedWith(Singleton.class)
        .check(CLASSES);
  }

  @Test
  void handlersKnowNeitherRunsNorTheWayIn() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.rekindle.run..",
            "io.rekindle.rehearse..",
            "io.rekindle.starter..",
            "io.rekindle.worker..",
            "io.rekindle.simulator..",
            "io.temporal.workflow..")
        .check(CLASSES);
  }

  @Test
  void nobodyWaits() {
    noClasses()
        .should()
        .callMethod(Thread.class, "sleep", long.class)
        .orShould()
        .callMethod(Thread.class, "sleep", java.time.Duration.class)
        .orShould()
        .dependOnClassesThat()
        .haveSimpleNameEndingWith("Waiter")
        .check(CLASSES);
  }

  /** But what several of them ask, none of them owns. */
  @Test
  void servicesDoNotKnowEachOther() {
    slices()
        .matching("io.rekindle.action.aws.(*)..")
        .should()
        .notDependOnEachOther()
        .ignoreDependency(
            alwaysTrue(),
            resideInAnyPackage(
                "io.rekindle.action.aws.cloudwatch",
                "io.rekindle.action.aws.dns",
                "io.rekindle.action.aws.ecr",
                "io.rekindle.action.aws.inventory",
                "io.rekindle.action.aws.net"))
        .check(CLASSES);
  }

  @Test
  void everyPackageIsNullMarked() {
    assertThat(
            CLASSES.getPackage("io.rekindle.action.aws").getSubpackagesInTree().stream()
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
        .check(CLASSES);
  }
}
