package io.rekindle.plan.iam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.rekindle.plan.Plan;
import io.rekindle.plan.PlanReader;
import io.rekindle.plan.iam.Policies.Part;
import io.rekindle.plan.iam.Policies.Reason;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a plan of every day needs. */
class PoliciesTest {
  private static final String PLAN =
      """
      application: shop
      regions:
        primary:
          region: us-east-1
          role: "arn:aws:iam::123456789012:role/old-side"
        recovery:
          region: us-west-2
          role: "arn:aws:iam::123456789012:role/new-side"
      parameters:
        zone: { type: string, default: Z0123456789ABCDEFGHIJ }
        instance: { type: string }
        way: { type: string, default: one, oneOf: [one, two] }
      stores:
        - { id: orders, step: database }
      notify:
        - { uses: notify.sns, with: { topic: "arn:aws:sns:us-west-2:123456789012:incidents" } }
      assess:
        probes:
          - { id: check, uses: probe.healthCheck, with: { id: 8a4f1c73-2be6-49d0-95a7-d36e0b82c51f } }
      failover:
        - { id: approve, uses: approval, with: { question: "Go?" } }
        - id: fence
          uses: rds.isolate
          region: primary
          fence: true
          with: { instance: "${param.instance}", securityGroups: sg-0b84d17f2e6ac9350 }
        - id: database
          uses: rds.restoreInstance
          with:
            snapshot: { latestCopyOf: orders }
            target: orders
            class: db.t3.micro
            subnetGroup: private
            securityGroups: sg-0b84d17f2e6ac9350
            parameterGroup: mysql80
        - id: credentials
          uses: secrets.syncFromRds
          with: { secret: shop/db, instance: "${database.instance}", dbname: shop }
        - id: data
          uses: verify.sql
          with:
            url: "jdbc:mysql://${database.endpoint}:${database.port}/shop"
            secret: "${credentials.secret}"
            query: select count(*) from orders
            atLeast: 1
        - id: service
          uses: ecs.scaleService
          with: { cluster: shop, service: web, desired: 2 }
        - id: dns
          uses: route53.upsert
          when: { way: one }
          with:
            zone: "${param.zone}"
            record: shop.example.com
            type: CNAME
            values: [dr.example.com]
        - { id: public, uses: verify.http, with: { url: "https://shop.example.com/" } }
      failback:
        - { id: return, uses: approval, with: { question: "Back?" } }
        - id: stop
          uses: ecs.scaleService
          region: recovery
          with: { cluster: shop, service: web, desired: 0 }
        - id: aside
          uses: rds.rename
          with: { instance: orders, to: "orders-aside-${run}" }
      drills:
        - { name: weekly, cron: "0 3 * * SUN", steps: [database, credentials, data] }
      """;

  private static Policies of(String plan, Map<String, String> set) {
    PlanReader.Reading reading = PlanReader.read(PlanReader.tree(plan));
    assertThat(reading.problems()).isEmpty();
    Plan good = reading.plan().orElseThrow();
    return Policies.of(good, set);
  }

  private static final Policies POLICIES = of(PLAN, Map.of());

  private static Stream<Part> parts(Policies policies, Duty duty) {
    return policies.parts().stream().filter(part -> part.duty() == duty);
  }

  private static List<String> on(Policies policies, Duty duty, String action) {
    return parts(policies, duty)
        .flatMap(part -> part.reasons().stream())
        .filter(reason -> reason.action().equals(action))
        .flatMap(reason -> reason.resources().stream())
        .toList();
  }

  private static List<String> on(Duty duty, String action) {
    return on(POLICIES, duty, action);
  }

  private static Stream<JsonNode> statements(Duty duty) {
    return parts(POLICIES, duty)
        .flatMap(part -> part.policies().stream())
        .flatMap(policy -> policy.document().path("Statement").valueStream());
  }

  private static JsonNode statement(Duty duty, String action) {
    return statements(duty)
        .filter(each -> each.path("Action").toString().contains('"' + action + '"'))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void eachSideHasAPolicyForItsOwnRole() {
    assertThat(POLICIES.parts())
        .extracting(part -> part.duty() + " " + part.role())
        .containsExactly(
            "WORKER null",
            "READINESS null",
            "READINESS arn:aws:iam::123456789012:role/new-side",
            "READINESS arn:aws:iam::123456789012:role/old-side",
            "RECOVERY null",
            "RECOVERY arn:aws:iam::123456789012:role/new-side",
            "FENCE arn:aws:iam::123456789012:role/old-side",
            "FAILBACK arn:aws:iam::123456789012:role/new-side",
            "FAILBACK arn:aws:iam::123456789012:role/old-side",
            "DRILL arn:aws:iam::123456789012:role/new-side");
  }

  @Test
  void theWorkerTakesOnTheRolesAndNothingElse() {
    assertThat(statements(Duty.WORKER))
        .singleElement()
        .hasToString(
            """
            {"Effect":"Allow","Action":"sts:AssumeRole","Resource":[\
            "arn:aws:iam::123456789012:role/new-side",\
            "arn:aws:iam::123456789012:role/old-side"]}\
            """);
  }

  @Test
  void whatOnlyARunKnowsIsAWildcardInJustThatPlace() {
    assertThat(on(Duty.RECOVERY, "rds:ModifyDBInstance"))
        .containsExactly("arn:aws:rds:us-west-2:123456789012:db:orders-*");
    assertThat(on(Duty.RECOVERY, "secretsmanager:UpdateSecretVersionStage"))
        .contains("arn:aws:secretsmanager:us-west-2:123456789012:secret:shop/db-??????");
    assertThat(on(Duty.FAILBACK, "rds:ModifyDBInstance"))
        .containsExactly(
            "arn:aws:rds:us-east-1:123456789012:db:orders",
            "arn:aws:rds:us-east-1:123456789012:db:orders-aside-*");
  }

  @Test
  void copiesOfDrillsHaveTheirOwnNames() {
    assertThat(on(Duty.DRILL, "rds:ModifyDBInstance"))
        .containsExactly("arn:aws:rds:us-west-2:123456789012:db:drill-*-orders");
    assertThat(on(Duty.DRILL, "route53:ChangeResourceRecordSets")).isEmpty();
  }

  @Test
  void parametersHaveTheirDefaultsAndAreAnythingWhereTheyHaveNone() {
    assertThat(on(Duty.RECOVERY, "route53:ChangeResourceRecordSets"))
        .containsExactly("arn:aws:route53:::hostedzone/Z0123456789ABCDEFGHIJ");
    assertThat(on(Duty.FENCE, "rds:ModifyDBInstance"))
        .containsExactly("arn:aws:rds:us-east-1:123456789012:db:*");
    assertThat(on(of(PLAN, Map.of("instance", "old")), Duty.FENCE, "rds:ModifyDBInstance"))
        .containsExactly("arn:aws:rds:us-east-1:123456789012:db:old");
  }

  @Test
  void aStepThatAParameterLeavesOutNeedsNothing() {
    assertThat(
            on(of(PLAN, Map.of("way", "two")), Duty.RECOVERY, "route53:ChangeResourceRecordSets"))
        .isEmpty();
  }

  @Test
  void readinessOnlyLooksAndDecryptsWhatItLooksAt() {
    assertThat(parts(POLICIES, Duty.READINESS).flatMap(part -> part.reasons().stream()))
        .isNotEmpty()
        .allMatch(reason ->
            reason.action().equals("kms:Decrypt")
                || reason.uses().stream().allMatch(use -> use.endsWith(" (look)")));
  }

  @Test
  void regionalActionsAreHeldToTheRegionAndOthersAreNot() {
    assertThat(statement(Duty.RECOVERY, "ecs:ListTasks").at("/Condition/StringEquals"))
        .hasToString("{\"aws:RequestedRegion\":\"us-west-2\"}");
    assertThat(statement(Duty.RECOVERY, "route53:GetHostedZone").has("Condition")).isFalse();
  }

  @Test
  void onlyWhatRekindleMadeMayBeDeleted() {
    JsonNode deletes = statement(Duty.RECOVERY, "rds:DeleteDBInstance");

    assertThat(deletes.path("Resource").asText())
        .isEqualTo("arn:aws:rds:us-west-2:123456789012:db:orders-*");
    assertThat(deletes.at("/Condition/StringEquals").path("aws:ResourceTag/rekindle:application"))
        .hasToString("\"shop\"");
  }

  @Test
  void everyActionSaysWhatItIsFor() {
    assertThat(
            parts(POLICIES, Duty.RECOVERY)
                .flatMap(part -> part.reasons().stream())
                .filter(reason -> reason.action().equals("rds:AddTagsToResource"))
                .flatMap(reason -> reason.uses().stream()))
        .containsExactly("credentials (set)", "database (restore, checked by AWS)");
  }

  @Test
  void whatMustBeThereBeforehandIsSaid() {
    assertThat(POLICIES.beforehand())
        .contains(
            "The role arn:aws:iam::123456789012:role/new-side, with the trust policy and its"
                + " policies.")
        .anySatisfy(each ->
            assertThat(each)
                .startsWith("Every KMS key in use, arn:aws:kms:us-west-2:123456789012:key/*")
                .contains("kms:CreateGrant", "role/new-side"));
  }

  @Test
  void withoutRolesAllOfItIsForTheWorkerItselfAndNoAccountIsAssumed() {
    Policies own = of(PLAN.replaceAll("(?m)^ +role: .*\n", ""), Map.of());

    assertThat(own.parts()).allSatisfy(part -> assertThat(part.role()).isNull());
    assertThat(parts(own, Duty.WORKER)).isEmpty();
    assertThat(on(own, Duty.RECOVERY, "ecs:UpdateService"))
        .containsExactly("arn:aws:ecs:us-west-2:*:service/shop/web");
  }

  @Test
  void thePartitionIsThatOfTheRegions() {
    Policies chinese =
        of(
            PLAN.replaceAll("(?m)^ +role: .*\n", "")
                .replace("us-east-1", "cn-north-1")
                .replace("us-west-2", "cn-northwest-1")
                .replace("arn:aws:", "arn:aws-cn:"),
            Map.of());

    assertThat(chinese.toString()).contains("arn:aws-cn:").doesNotContain("arn:aws:");
  }

  @Test
  void everyRecoveryRegionIsProvidedFor() {
    Policies two =
        of(
            PLAN.replace(
                """
                  recovery:
                    region: us-west-2
                    role: "arn:aws:iam::123456789012:role/new-side"
                """,
                """
                  recovery:
                    - { region: us-west-2, role: "arn:aws:iam::123456789012:role/new-side" }
                    - { region: eu-west-1, role: "arn:aws:iam::123456789012:role/far-side" }
                """),
            Map.of());

    assertThat(on(two, Duty.RECOVERY, "ecs:UpdateService"))
        .containsExactlyInAnyOrder(
            "arn:aws:ecs:us-west-2:123456789012:service/shop/web",
            "arn:aws:ecs:eu-west-1:123456789012:service/shop/web");
  }

  @Test
  void aValueThatDecidesAndThatNobodyTellsIsAskedFor() {
    String undecided =
        PLAN.replace(
            "zone: { type: string, default: Z0123456789ABCDEFGHIJ }",
            "zone: { type: string, oneOf: [Z0123456789ABCDEFGHIJ, Z0123456789ABCDEFGHIK] }");

    assertThatThrownBy(() -> of(undecided, Map.of()))
        .isInstanceOf(NotForeseen.class)
        .hasMessage(
            "dns: what it needs depends on a parameter that has no default: give it by --set"
                + " zone=VALUE.");
  }

  @Test
  void itIsTheSameEveryTime() {
    assertThat(of(PLAN, Map.of())).hasToString(POLICIES.toString());
    assertThat(POLICIES.parts().getFirst().reasons()).extracting(Reason::action).isSorted();
  }
}
