package io.rekindle.plan;

import static io.rekindle.plan.Shop.problemsWith;
import static org.assertj.core.api.Assertions.assertThat;

import io.rekindle.plan.PlanReader.PlanProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** One mistake gives one problem: what only follows from it is not reported as well. */
class OneMistakeTest {

  @Nested
  class AMisspeltWord {
    private static final Pattern WORD = Pattern.compile("[A-Za-z][A-Za-z0-9.-]*");

    /** Four places read this step: all of them are wrong once it is called otherwise. */
    private static final int READ_BY_OTHERS =
        Shop.PLAN.indexOf("database\n    uses: rds.restoreInstance");

    @Test
    void givesNoSecondProblemWhenItsLastLetterIsDoubled() {
      assertOneProblemAtMost(word -> word + word.charAt(word.length() - 1));
    }

    @Test
    void givesNoSecondProblemWhenItsSecondLetterIsLost() {
      assertOneProblemAtMost(word -> word.charAt(0) + word.substring(Math.min(2, word.length())));
    }

    private static void assertOneProblemAtMost(UnaryOperator<String> misspell) {
      int mistakes = 0;
      List<String> tooMany = new ArrayList<>();
      for (MatchResult word : WORD.matcher(Shop.PLAN).results().toList()) {
        List<PlanProblem> problems = misspelt(word, misspell);
        mistakes += problems.size();
        if (problems.size() > 1 && word.start() != READ_BY_OTHERS) {
          tooMany.add(misspell.apply(word.group()) + ": " + problems);
        }
      }
      assertThat(tooMany).isEmpty();
      assertThat(mistakes).isGreaterThan(150);
    }

    private static List<PlanProblem> misspelt(MatchResult word, UnaryOperator<String> misspell) {
      String plan =
          Shop.PLAN.substring(0, word.start())
              + misspell.apply(word.group())
              + Shop.PLAN.substring(word.end());
      return PlanReader.read("plan", plan).problems();
    }
  }

  @Test
  void doesNotMissTheApprovalThatIsMisspelt() {
    assertThat(
            problemsWith(
                "uses: approval\n    with: { question: \"Fail",
                "uses: »aproval\n    with: { question: \"Fail"))
        .isEqualTo("» unknown kind 'aproval', in failover.approve; did you mean 'approval'?");
  }

  @Test
  void doesNotMissTheCheckOfTrafficThatIsMisspelt() {
    assertThat(problemsWith("uses: verify.http\n    modes", "uses: »verify.htp\n    modes"))
        .isEqualTo("» unknown kind 'verify.htp', in failover.public; did you mean 'verify.http'?");
  }

  @Test
  void doesNotMissTheStepsOfASectionThatIsMisspelt() {
    assertThat(problemsWith("failover:", "»failovr:"))
        .isEqualTo("» unknown key 'failovr'; did you mean 'failover'?");
  }

  @Test
  void doesNotMissTheParametersUnderAMisspeltKey() {
    assertThat(problemsWith("parameters:", "»parameter:"))
        .isEqualTo("» unknown key 'parameter'; did you mean 'parameters'?");
  }

  @Test
  void doesNotMissTheValuesOfRegionsThatCannotBeRead() {
    assertThat(problemsWith("regions:", "»region:"))
        .isEqualTo("» unknown key 'region'; did you mean 'regions'?");
  }

  @Test
  void doesNotMissAParameterThatCannotBeRead() {
    assertThat(problemsWith("tasks: { type: integer, default: 2 }", "tasks: »2"))
        .isEqualTo("» expected a group of fields, found the number 2, in parameters.tasks");
  }

  @Test
  void doesNotMissAStepWhoseIdIsMissing() {
    assertThat(problemsWith("  - id: database\n    uses", "  - »uses"))
        .isEqualTo(
            "» missing 'id' (The step's name, unique in the plan; later steps read its outputs as"
                + " ${id.output}.), in failover.2");
  }

  @Test
  void doesNotMissAStepThatGotTheIdOfAnother() {
    assertThat(problemsWith("  - id: data\n", "  - id: »database\n"))
        .isEqualTo("» the id 'database' is given twice; the first is at 26:9, in failover");
  }

  @Test
  void doesNotMissWhatAStepOfUnknownKindGives() {
    assertThat(problemsWith("uses: rds.restoreInstance", "uses: »frobnicate"))
        .isEqualTo("» unknown kind 'frobnicate', in failover.database");
  }

  @Test
  void doesNotMissTheApprovalBeforeACycle() {
    assertThat(problemsWith("  - id: database\n", "  - id: database\n    needs: »[data]\n"))
        .isEqualTo("» these steps wait for each other: data -> database -> data, in failover");
  }

  @Test
  void doesNotMissTheApprovalBehindAnUnknownStep() {
    assertThat(problemsWith("  - id: database\n", "  - id: database\n    needs: [»aprove]\n"))
        .isEqualTo(
            "» there is no step 'aprove', in failover.database.needs; did you mean 'approve'?");
  }

  @Test
  void doesNotMissModesThatCannotBeRead() {
    assertThat(problemsWith("modes: [outage, planned]", "modes: [outage, »planed]"))
        .isEqualTo(
            "» expected one of outage, planned, drill, found 'planed', in failover.public.modes.2;"
                + " did you mean 'planned'?");
    assertThat(problemsWith("modes: [outage, planned]", "modes: »[]"))
        .isEqualTo("» the list is empty, in failover.public.modes");
  }

  @Test
  void doesNotRepeatInADrillWhatIsWrongInThePlan() {
    assertThat(problemsWith("service: web", "service: \"»${dns.record}\""))
        .isEqualTo(
            "» step 'dns' may not be done before 'service': add it to needs, in"
                + " failover.service.with.service");
  }

  @Test
  void doesNotMissFieldsThatAreMeantForAKindThatBelongsElsewhere() {
    assertThat(problemsWith("uses: ecs.scaleService", "uses: »probe.http"))
        .isEqualTo("» probe.http is a probe: it belongs under assess, in failover.service");
  }
}
