package io.rekindle.plan;

import static io.rekindle.plan.Shop.problemsWith;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.rekindle.plan.shape.Node;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a plan gives as text arrives letter by letter, and a number is a number everywhere. */
class ValuesStayWhatWasWrittenTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** The value as it is read on the other side of the wire. */
  private static Node.Scalar arrived(String written) {
    Node.Fields fields = PlanReader.fields("value: " + written);
    return (Node.Scalar) travelled(fields).get("value").orElseThrow();
  }

  private static Node.Fields travelled(Node.Fields fields) {
    try {
      JsonNode read = JSON.readTree(JSON.writeValueAsString(Trees.json(fields)));
      return (Node.Fields) Trees.node(read);
    } catch (JsonProcessingException impossible) {
      throw new AssertionError(impossible);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "012345678901",
        "1.10",
        "1.0",
        "4.0",
        "12e400",
        "1e3",
        "1E-7",
        "0.0001",
        "100000000.5",
        "0123",
        "+5",
        "-0",
        "007.50",
        ".5",
        "5.",
        ".inf",
        "-.INF",
        ".nan",
        "True",
        "FALSE",
        "1_000",
        "0x1F",
        "0o17",
        "22:30",
        "2026-11-21",
        "123456789012345678901234567890",
        "3.141592653589793238462643",
        "1.2.3",
        "yes"
      })
  void everyPlainValueArrivesAsItsLetters(String written) {
    assertThat(arrived(written).text()).isEqualTo(written);
    assertThat(arrived('"' + written + '"').text()).isEqualTo(written);
  }

  @Test
  void aRegionsValuesArriveAsTheyWereWritten() {
    String plan =
        Shop.with("zone: Z2", "zone: Z2, account: 012345678901, version: 1.10, odd: 12e400");
    Plan there = PlanReader.admitted(PlanReader.tree(plan));
    assertThat(there.regions().recovery().getFirst().values())
        .containsEntry("account", "012345678901")
        .containsEntry("version", "1.10")
        .containsEntry("odd", "12e400");
  }

  @ParameterizedTest
  @CsvSource({"2, WHOLE", "-7, WHOLE", "0, WHOLE", "2.5, DECIMAL", "true, FLAG", "null, NOTHING"})
  void whatHasOneSpellingKeepsItsType(String written, Node.ScalarType type) {
    assertThat(arrived(written).type()).isEqualTo(type);
  }

  @ParameterizedTest
  @ValueSource(strings = {"02", "+2", "-0", "00"})
  void aNumberHasOneSpelling(String written) {
    assertThat(problemsWith("desired: \"${param.tasks}\"", "desired: »" + written))
        .isEqualTo(
            "» expected a whole number of at least 0, found '"
                + written
                + "', in failover.service.with.desired");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.5", "4.0", "1.50", "8", "\"2.50\""})
  void aNumberWithAFractionIsTakenHoweverItTravels(String written) {
    String plan = capacity(written);
    assertThat(Shop.problemsOf(plan)).isEmpty();
    assertThat(PlanReader.read(PlanReader.tree(plan)).problems()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"12e400", "1e999999999", ".inf", "many"})
  void aNumberThatNobodyCanMeanIsRefused(String written) {
    assertThat(Shop.problemsOf(capacity("»" + written))).startsWith("» expected a number");
  }

  private static String capacity(String max) {
    return """
    application: shop
    regions: { primary: us-east-1, recovery: us-west-2 }
    failover:
      - { id: approve, uses: approval, with: { question: Go? } }
      - id: database
        uses: aurora.restoreCluster
        with:
          snapshot: { latestCopyOf: shop }
          target: shop
          capacity: { min: 0.5, max: %s }
          subnetGroup: shop
          securityGroups: sg-1
          clusterParameterGroup: shop
          parameterGroup: shop
    """
        .formatted(max);
  }

  @Nested
  class WhenComparesTypedValues {
    private static final String CONDITION = "when: { tasks: %s }";

    private static String when(String value) {
      return problemsWith(
          "    uses: verify.sql\n",
          "    uses: verify.sql\n    " + CONDITION.formatted(value) + "\n");
    }

    @Test
    void andTakesAValueOfTheType() {
      assertThat(when("2")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"02", "2.0", "\"2\"", "true", "two"})
    void andRefusesOneThatCanNeverBeEqual(String value) {
      assertThat(when("»" + value)).startsWith("» expected a value of type integer, found ");
    }
  }
}
