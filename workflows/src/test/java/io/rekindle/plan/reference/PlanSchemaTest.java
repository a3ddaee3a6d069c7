package io.rekindle.plan.reference;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaId;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import io.rekindle.Repository;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** What editors make of plans while they are written. */
class PlanSchemaTest {
  private static final JsonSchemaFactory SCHEMAS =
      JsonSchemaFactory.getInstance(VersionFlag.V202012);
  private static final JsonSchema SCHEMA = SCHEMAS.getSchema(PlanSchema.json());

  private static JsonNode yaml(String text) {
    return new ObjectMapper()
        .valueToTree(new Load(LoadSettings.builder().build()).loadFromString(text));
  }

  private static String marks(String plan) {
    return SCHEMA.validate(yaml(plan)).stream()
        .map(ValidationMessage::getMessage)
        .sorted()
        .collect(joining("\n"));
  }

  /** A plan with one step behind the gate. */
  private static String planWith(String step) {
    return """
    application: orders
    regions: { primary: us-east-2, recovery: us-west-2 }
    failover:
      - id: approve
        uses: approval
        with: { question: "Go on?" }
    """
        + step.indent(2);
  }

  static List<Path> examples() {
    Path folder = Repository.path("examples");
    return Repository.below(
        folder, file -> folder.equals(file.getParent()) && file.toString().endsWith(".yaml"));
  }

  @Test
  void isASchemaItself() {
    JsonSchema metaschema = SCHEMAS.getSchema(SchemaLocation.of(SchemaId.V202012));
    assertThat(metaschema.validate(PlanSchema.json())).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("examples")
  void acceptsTheExamples(Path example) {
    assertThat(marks(Repository.read(example))).isEmpty();
  }

  @Nested
  class Marks {
    @Test
    void aMisspeltKeyOfThePlan() {
      assertThat(marks(planWith("") + "objectivs: { rto: 30m }\n"))
          .isEqualTo(
              "$: property 'objectivs' is not defined in the schema and the schema does not allow"
                  + " additional properties");
    }

    @Test
    void aMisspeltFieldUnderWith() {
      assertThat(
              marks(
                  planWith(
                      """
                      - id: stop
                        uses: rds.stopInstance
                        with: { instance: orders-db, instanc: orders-db }
                      """)))
          .isEqualTo(
              "$.failover[1].with: property 'instanc' is not defined in the schema and the schema"
                  + " does not allow additional properties");
    }

    @Test
    void aMissingFieldUnderWith() {
      assertThat(
              marks(
                  planWith(
                      """
                      - id: stop
                        uses: rds.stopInstance
                        with: {}
                      """)))
          .isEqualTo("$.failover[1].with: required property 'instance' not found");
    }

    @Test
    void aFieldOfAnotherKind() {
      assertThat(
              marks(
                  planWith(
                      """
                      - id: stop
                        uses: rds.stopInstance
                        with: { instance: orders-db, securityGroups: [sg-1] }
                      """)))
          .isEqualTo(
              "$.failover[1].with: property 'securityGroups' is not defined in the schema and the"
                  + " schema does not allow additional properties");
    }

    @Test
    void anUnknownKind() {
      assertThat(
              marks(
                  planWith(
                      """
                      - id: stop
                        uses: rds.stopInstanc
                        with: { instance: orders-db }
                      """)))
          .startsWith("$.failover[1].uses: does not have a value in the enumeration [\"");
    }

    @Test
    void aProbeAmongTheSteps() {
      assertThat(
              marks(
                  planWith(
                      """
                      - id: look
                        uses: probe.tcp
                        with: { host: db.example.com, port: 5432 }
                      """)))
          .startsWith("$.failover[1].uses: does not have a value in the enumeration [\"");
    }

    @Test
    void aStepAmongTheProbes() {
      assertThat(
              marks(
                  planWith("")
                      + """
                      assess:
                        probes:
                          - { id: look, uses: verify.tcp, with: { host: db.example.com, port: 5432 } }
                      """))
          .startsWith("$.assess.probes[0].uses: does not have a value in the enumeration [\"");
    }

    @Test
    void aStepThatDoesNotSayItsKindForThatAlone() {
      assertThat(
              marks(
                  planWith(
                      """
                      - id: stop
                        with: { instance: orders-db }
                      """)))
          .isEqualTo("$.failover[1]: required property 'uses' not found");
    }

    @Test
    void aWrongType() {
      assertThat(
              marks(
                  planWith(
                      """
                      - id: scale
                        uses: ecs.scaleService
                        with: { cluster: orders, service: orders, desired: two }
                      """)))
          .contains("$.failover[1].with.desired: string found, integer expected");
    }

    @Test
    void aNumberOutOfRange() {
      assertThat(
              marks(
                  planWith(
                      """
                      - id: look
                        uses: verify.tcp
                        with: { host: db.example.com, port: 70000 }
                      """)))
          .contains("$.failover[1].with.port: must have a maximum value of 65535");
    }

    @Test
    void aChoiceThatIsNotMade() {
      assertThat(
              marks(
                  planWith(
                      """
                      - id: fence
                        uses: lambda.setConcurrency
                        with: { function: orders, concurrency: {} }
                      """)))
          .contains("$.failover[1].with.concurrency: required property 'unreserved' not found");
    }
  }

  @Nested
  class Accepts {
    @Test
    void expressionsWhereNumbersAreExpected() {
      assertThat(
              marks(
                  planWith(
                      """
                      - id: scale
                        uses: ecs.scaleService
                        with: { cluster: orders, service: orders, desired: "${param.desired}" }
                      """)))
          .isEmpty();
    }

    @Test
    void expressionsWithinTextsThatHaveAForm() {
      assertThat(
              marks(
                  planWith(
                      """
                      - id: look
                        uses: verify.http
                        with: { url: "${recovery.base}/health", interval: "${param.interval}" }
                      """)))
          .isEmpty();
    }

    @Test
    void oneEntryWhereAListMayStand() {
      assertThat(
              marks(
                  planWith(
                      """
                      - id: freeze
                        uses: rds.isolate
                        with: { instance: orders-db, securityGroups: sg-0verifier }
                      """)))
          .isEmpty();
    }

    @Test
    void everyWayToNameARegion() {
      assertThat(
              marks(
                  """
                  application: orders
                  regions:
                    primary: { region: us-east-2, values: { alb: alb.example.com } }
                    recovery: [us-west-2, { region: eu-west-1 }]
                  failover:
                    - { id: approve, uses: approval, with: { question: "Go on?" } }
                  """))
          .isEmpty();
    }
  }

  @Test
  void showsDefaultsAsTheyWouldBeWritten() {
    JsonNode fields = PlanSchema.json().at("/$defs/verify.http/properties");
    assertThat(fields.at("/expect/default").isIntegralNumber()).isTrue();
    assertThat(fields.at("/interval/default").asText()).isEqualTo("10s");
  }

  @Test
  void explainsEveryKindAndField() {
    JsonNode kind = PlanSchema.json().at("/$defs/rds.stopInstance");
    assertThat(kind.at("/description").asText()).startsWith("Stops a DB instance");
    assertThat(kind.at("/properties/instance/description").asText())
        .isEqualTo("The instance, in this Region.");
  }
}
