package io.rekindle.starter;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.rekindle.starter");

  @Test
  void forecastingKnowsNoCommandLine() {
    noClasses()
        .that()
        .resideInAPackage("..rehearse..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("picocli..", "io.micronaut..", "..starter.command..")
        .check(CLASSES);
  }

  @Test
  void onlyTheConsoleAndMainTouchTheStandardStreams() {
    noClasses()
        .that()
        .doNotHaveSimpleName("Main")
        .should()
        .accessField(System.class, "out")
        .orShould()
        .accessField(System.class, "err")
        .check(CLASSES);
  }

  @Test
  void commandsAreNotPartOfAnyInterface() {
    classes()
        .that()
        .haveSimpleNameEndingWith("Command")
        .and()
        .doNotHaveSimpleName("RekindleCommand")
        .and()
        .areTopLevelClasses()
        .should()
        .bePackagePrivate()
        .check(CLASSES);
  }

  @Test
  void subpackagesFormNoCycles() {
    slices().matching("io.rekindle.starter.(*)..").should().beFreeOfCycles().check(CLASSES);
  }
}
