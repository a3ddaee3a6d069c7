package io.rekindle.action.aws;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.rekindle.plan.PlanReader;
import io.rekindle.plan.iam.Policies;
import io.rekindle.simulator.PolicyLint;
import io.rekindle.simulator.ServiceData;
import io.rekindle.simulator.contract.ActionCatalogue;
import io.rekindle.simulator.contract.Policy;
import io.rekindle.simulator.contract.Policy.Statement;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The policies of all examples, judged by others than us. */
class LintedPoliciesTest {
  private static final ActionCatalogue AWS = ServiceData.actions();
  private static final String TAG = "aws:ResourceTag/";

  /** What parliament finds although it is as it must be, and why. */
  private static final Map<String, String> EXCUSED =
      Map.of(
          "RESOURCE_STAR cloudwatch:DescribeAlarms",
          "composite alarms are seen only by who may see all",
          "RESOURCE_STAR ecs:ListTasks",
          "only a container instance can be named, and on Fargate there is none",
          "RESOURCE_MISMATCH elasticloadbalancing:ModifyListener",
          "a listener is of one type of balancer only",
          "RESOURCE_MISMATCH rds:CreateDBInstanceReadReplica",
          "what is replicated is no cluster",
          "RESOURCE_MISMATCH rds:DeleteDBCluster",
          "where no final snapshot is taken there is none to name");

  private static final List<JsonNode> DOCUMENTS =
      Stream.of(
              "aurora-serverless",
              "iot-frugal",
              "iot-multi-region",
              "pilot-light-service",
              "visitor-counter")
          .map(name -> PlanReader.read(Path.of("..", "examples", name + ".yaml")))
          .flatMap(reading -> Policies.of(reading.plan().orElseThrow(), Map.of()).parts().stream())
          .flatMap(part -> part.policies().stream())
          .map(Policies.Policy::document)
          .toList();

  @Test
  void parliamentFindsNothing() {
    List<String> found = PolicyLint.findings(DOCUMENTS.stream().map(JsonNode::toString).toList());

    assertThat(found.stream().distinct().sorted())
        .containsExactlyInAnyOrderElementsOf(EXCUSED.keySet());
  }

  @Test
  void everyActionActsOnWhatItIsAllowedOn() {
    assertThat(
            statements().stream()
                .flatMap(each -> AWS.faults(each.action(), each.resources()).stream())
                .distinct())
        .isEmpty();
  }

  @Test
  void tagsAreAskedForWhereAwsKnowsThem() {
    List<Statement> held =
        statements().stream()
            .filter(each -> each.conditions().keySet().stream().anyMatch(key -> key.contains(TAG)))
            .toList();

    assertThat(held)
        .isNotEmpty()
        .allSatisfy(each ->
            assertThat(each.resources())
                .as(each.action())
                .allMatch(
                    resource -> AWS.takesCondition(each.action(), resource, TAG + "${TagKey}")));
  }

  private static List<Statement> statements() {
    return Policy.read(DOCUMENTS.stream().map(JsonNode::toString).toList()).statements();
  }
}
