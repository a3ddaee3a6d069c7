package io.rekindle.simulator;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** What may know what. */
class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(location -> !location.contains("/test-classes/"))
          .importPackages("io.rekindle.simulator");

  @Test
  void packagesHaveNoCycles() {
    slices().matching("io.rekindle.simulator.(*)..").should().beFreeOfCycles().check(CLASSES);
    noClasses()
        .that()
        .resideInAPackage("io.rekindle.simulator.*..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.rekindle.simulator")
        .check(CLASSES);
  }

  @Test
  void theWireKnowsNothingElseOfOurs() {
    noClasses()
        .that()
        .resideInAPackage("io.rekindle.simulator.wire")
        .should()
        .dependOnClassesThat()
        .resideOutsideOfPackages(
            "io.rekindle.simulator.wire",
            "java..",
            "javax..",
            "org.w3c..",
            "org.xml..",
            "com.fasterxml..",
            "org.jspecify..")
        .check(CLASSES);
  }

  @Test
  void nothingOfItUsesTheClientsItIsTestedWithOrTheEngine() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "software.amazon..",
            "io.temporal..",
            "io.micronaut..",
            "io.rekindle.run..",
            "io.rekindle.action..")
        .check(CLASSES);
  }

  @Test
  void everyPackageIsNullMarked() {
    assertThat(CLASSES.stream().map(type -> type.getPackage()).distinct())
        .allMatch(each -> each.isAnnotatedWith(NullMarked.class), "is @NullMarked")
        .extracting(JavaPackage::getName)
        .contains("io.rekindle.simulator.fake");
  }
}
