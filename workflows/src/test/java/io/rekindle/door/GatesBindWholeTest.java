package io.rekindle.door;

import static org.assertj.core.api.Assertions.assertThat;

import io.rekindle.plan.Mode;
import io.rekindle.plan.PlanReader;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a gate, a wait or a task was given binds whole, or no run begins. */
class GatesBindWholeTest {
  private static final String PLAN =
      """
      application: shop
      regions: { primary: us-east-2, recovery: us-west-2 }
      parameters:
        who: { type: string, default: bert }
        q: { type: integer, default: 2 }
        e: { type: string, default: 30m }
        pause: { type: string, default: 5m }
        late: { type: string, default: 10m }
        proof: { type: string, default: link }
        own: { type: boolean, default: false }
        says: { type: string, default: Freeze. }
        later: { type: string, default: cleo }
      failover:
        - id: approve
          uses: approval
          with:
            question: "Fail over to ${recovery.region}?"
            approvers: [anna, "${param.who}"]
            quorum: "${param.q}"
            expires: "${param.e}"
            requesterMayApprove: "${param.own}"
        - { id: pause, uses: wait, with: { for: "${param.pause}" } }
        - id: freeze
          uses: task
          with: { says: "${param.says}", expected: "${param.late}", proof: "${param.proof}" }
        - id: service
          uses: ecs.scaleService
          with: { cluster: shop, service: web, desired: 2 }
      failback:
        - { id: home, uses: approval, with: { question: "Home?", approvers: ["${param.later}"] } }
      """;

  private static List<String> refused(String plan, Map<String, String> set, String requester) {
    return new PlanAdmission()
        .admit(FailoverRequest.whole(PlanReader.tree(plan), Mode.OUTAGE, set, "test", requester));
  }

  private static List<String> refused(Map<String, String> set) {
    return refused(PLAN, set, "dora");
  }

  @Test
  void whatFitsIsAdmitted() {
    assertThat(refused(Map.of())).isEmpty();
    assertThat(refused(Map.of("q", "1", "who", "cleo", "e", "1h", "pause", "90s", "proof", "none")))
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "q     | 12     | expected a whole number from 1 to 9, found the number 12, in"
            + " failover.approve.with.quorum",
        "q     | 0      | expected a whole number from 1 to 9, found the number 0, in"
            + " failover.approve.with.quorum",
        "who   | ''     | expected text, found an empty text, in failover.approve.with.approvers.2",
        "e     | never  | 'never' is not a duration such as 90s, 30m or 1h30m, in"
            + " failover.approve.with.expires",
        "e     | 30     | '30' is not a duration such as 90s, 30m or 1h30m, in"
            + " failover.approve.with.expires",
        "pause | soon   | 'soon' is not a duration such as 90s, 30m or 1h30m, in"
            + " failover.pause.with.for",
        "late  | soon   | 'soon' is not a duration such as 90s, 30m or 1h30m, in"
            + " failover.freeze.with.expected",
        "proof | lnik   | expected one of none, text, link, found 'lnik', in"
            + " failover.freeze.with.proof; did you mean 'link'?",
        "says  | ' '    | expected text, found ' ', in failover.freeze.with.says",
        "later | ''     | expected text, found an empty text, in failback.home.with.approvers.1",
      })
  void aBadValueRefusesTheRunAndNamesTheOptionAndThePlace(
      String parameter, String value, String sentence) {
    assertThat(refused(Map.of(parameter, value)))
        .containsExactly("--set " + parameter + ": " + sentence);
  }

  @Test
  void severalOptionsAreNamedWhereTheyDoNotFitTogether() {
    assertThat(refused(Map.of("q", "2", "who", "anna")))
        .containsExactly(
            "--set who, --set q: quorum 2 cannot be reached by the approvers named, in"
                + " failover.approve.with");
  }

  @Test
  void everythingIsSaidAtOnce() {
    assertThat(refused(Map.of("q", "12", "e", "never", "pause", "soon", "nonsense", "1")))
        .hasSize(4);
  }

  @Nested
  class AGateThatCanNeverOpen {
    private static String asking(String rules) {
      return PLAN.replaceAll("(?s) +approvers.*?own}\"\n", rules.indent(6));
    }

    private static List<String> startedBy(String requester, String rules) {
      return refused(asking(rules), Map.of(), requester);
    }

    @Test
    void isRefusedBeforeItAsksForMoreThanThereAre() {
      assertThat(startedBy("dora", "approvers: [anna, bert]\nquorum: 3"))
          .containsExactly(
              "quorum 3 cannot be reached by the approvers named, in failover.approve.with");
    }

    @Test
    void isRefusedWhenItsOnlyApproverStartsTheRun() {
      assertThat(startedBy("anna", "approvers: [anna]"))
          .containsExactly(
              "--by anna: this gate could never open, because it needs 1 of anna, and whoever"
                  + " starts the run does not count; let somebody else start it, in"
                  + " failover.approve");
    }

    @Test
    void isRefusedWhenOnePersonIsWrittenTwice() {
      assertThat(startedBy("dora", "approvers: [anna, Anna]\nquorum: 2")).hasSize(1);
      assertThat(startedBy("ANNA ", "approvers: [anna]")).hasSize(1);
    }

    @Test
    void isRefusedWhenTooFewAreLeftBesideWhoStartsTheRun() {
      assertThat(startedBy("anna", "approvers: [anna, bert]\nquorum: 2")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "approvers: [anna, bert]",
          "approvers: [anna]\nrequesterMayApprove: true",
          "approvers: [bert, cleo]\nquorum: 2",
          "quorum: 2"
        })
    void isNotOneThatOthersCanOpen(String rules) {
      assertThat(startedBy("anna", rules)).isEmpty();
    }

    @Test
    void isAlsoOneOfFailback() {
      assertThat(refused(PLAN, Map.of("q", "1"), "cleo"))
          .singleElement()
          .asString()
          .startsWith("--by cleo: this gate could never open")
          .endsWith("in failback.home");
    }

    @Test
    void isNotJudgedWhereItTakesNoPart() {
      String second =
          "  - { id: also, uses: approval, modes: [%s], with: { question: \"Sure?\", approvers:"
              + " [anna] } }\n";
      String service = "  - id: service\n";
      assertThat(
              refused(
                  asking("").replace(service, second.formatted("planned") + service),
                  Map.of(),
                  "anna"))
          .isEmpty();
      assertThat(
              refused(
                  asking("").replace(service, second.formatted("outage") + service),
                  Map.of(),
                  "anna"))
          .hasSize(1);
    }

    @Test
    void hasAnEmptyListOfApprovers() {
      assertThat(startedBy("dora", "approvers: []"))
          .containsExactly("the list is empty, in failover.approve.with.approvers");
    }
  }
}
