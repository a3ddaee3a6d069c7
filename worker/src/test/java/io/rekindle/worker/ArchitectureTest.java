package io.rekindle.worker;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** What the process that does the work may know. */
class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.rekindle.worker");

  @Test
  void knowsNeitherTheCommandLineNorAwsNorHowPlansAreMade() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.rekindle.starter..",
            "io.rekindle.simulator..",
            "io.rekindle.rehearse..",
            "io.rekindle.plan..",
            "software.amazon..")
        .check(CLASSES);
  }

  @Test
  void nobodyElseKnowsItsParts() {
    classes()
        .that()
        .areTopLevelClasses()
        .and()
        .doNotHaveSimpleName("Main")
        .and()
        .haveNameNotMatching(".*[.][$].*")
        .should()
        .bePackagePrivate()
        .check(CLASSES);
  }

  @Test
  void everyPackageIsNullMarked() {
    classes().should().resideInAPackage("io.rekindle.worker").check(CLASSES);
    assertThat(CLASSES.getPackage("io.rekindle.worker").isAnnotatedWith(NullMarked.class)).isTrue();
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
