package io.rekindle.action.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.rekindle.plan.Kind;
import io.rekindle.plan.Kinds;
import io.rekindle.plan.reference.Example;
import io.rekindle.plan.step.Action;
import io.rekindle.plan.step.Permission;
import io.rekindle.plan.step.Realm;
import io.rekindle.simulator.ServiceData;
import io.rekindle.simulator.contract.ActionCatalogue;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What all kinds declare, held against AWS's Service Authorization Reference. */
class DeclaredPermissionsTest {
  private static final ActionCatalogue AWS = ServiceData.actions();

  /** Actions that act on resources, and why to name those would not do. */
  private static final Map<String, String> NO_HELP =
      Map.of(
          "ecs:ListTasks", "only a container instance can be named, and on Fargate there is none",
          "cloudwatch:DescribeAlarms", "composite alarms are seen only by who may see all",
          "cloudformation:GetTemplateSummary", "a template by its URL belongs to no stack yet");

  /** Actions that are listed with a resource that a call like ours does not touch. */
  private static final Map<String, String> NOT_NEEDED =
      Map.of(
          "elasticloadbalancing:ModifyListener", "a listener is of one type of balancer only",
          "rds:DeleteDBCluster", "no final snapshot is taken",
          "rds:CreateDBInstanceReadReplica", "what is replicated is no cluster");

  @Test
  void everyActionExistsAndTakesTheResourcesThatAreWritten() {
    assertThat(Kinds.all().stream().flatMap(DeclaredPermissionsTest::faults)).isEmpty();
  }

  @Test
  void anythingIsWrittenOnlyWhereNothingIsNarrower() {
    assertThat(
            Kinds.all().stream()
                .flatMap(kind -> permissions(kind).stream())
                .filter(permission -> permission.resources().contains(Realm.ANYTHING))
                .map(Permission::action)
                .filter(AWS::actsOnResources)
                .distinct())
        .containsExactlyInAnyOrderElementsOf(NO_HELP.keySet());
  }

  @Test
  void noActionLacksAResourceThatItCannotDoWithout() {
    assertThat(
            Kinds.all().stream()
                .flatMap(kind -> permissions(kind).stream())
                .filter(permission -> !AWS.suffice(permission.action(), permission.resources()))
                .map(Permission::action)
                .distinct())
        .containsExactlyInAnyOrderElementsOf(NOT_NEEDED.keySet());
  }

  private static Stream<String> faults(Kind kind) {
    return permissions(kind).stream()
        .flatMap(permission -> AWS.faults(permission.action(), permission.resources()).stream())
        .distinct()
        .map(fault -> kind.name() + ": " + fault);
  }

  private static List<Permission> permissions(Kind kind) {
    return Example.of(kind).map(Example::record).stream()
        .flatMap(record ->
            record instanceof Action action
                ? action.permissions(Example.REALM).stream()
                : Stream.of())
        .toList();
  }
}
