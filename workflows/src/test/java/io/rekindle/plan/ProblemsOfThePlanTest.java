package io.rekindle.plan;

import static io.rekindle.plan.Shop.problemsOf;
import static io.rekindle.plan.Shop.problemsWith;
import static org.assertj.core.api.Assertions.assertThat;

import io.rekindle.Repository;
import io.rekindle.plan.shape.Node;
import io.rekindle.plan.shape.Place;
import io.rekindle.plan.step.Action;
import io.rekindle.plan.step.Facts.Guard;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What AWS, the calendar or the workflow would refuse on the night is refused at the desk. */
class ProblemsOfThePlanTest {

  @Nested
  class NamesThatAwsWouldRefuse {
    private static final String SENTENCE =
        " cannot name a database: use letters, digits and single '-' between them, begin with a"
            + " letter, at most 56 in all, because the run is appended, in"
            + " failover.database.with.target";

    private static String named(String target) {
      return problemsWith("target: shop-db", "target: »" + target);
    }

    @ParameterizedTest
    @ValueSource(strings = {"shop_db", "1shop", "shop--db", "shop-", "-shop", "shop.db", "läden"})
    void haveOtherLetters(String target) {
      assertThat(named(target)).isEqualTo("» '" + target + "'" + SENTENCE);
    }

    @Test
    void areTooLongOnceTheRunIsAppended() {
      assertThat(named("a".repeat(56))).isEmpty();
      assertThat(named("a".repeat(57))).isEqualTo("» '" + "a".repeat(57) + "'" + SENTENCE);
    }

    @Test
    void mayBeThoseOfSnapshotsTooAndThenBeLonger() {
      assertThat(snapshot("a".repeat(248))).isEmpty();
      assertThat(snapshot("»" + "a".repeat(249))).contains("cannot name a snapshot");
    }

    private static String snapshot(String target) {
      return problemsWith(
          "  - id: data\n",
          """
            - { id: copy, uses: rds.snapshot, with: { instance: shop-db, target: %s } }
            - id: data
          """
              .formatted(target));
    }

    private static Stream<Kind> named() {
      return Kinds.all().stream().filter(kind -> kind.facts().guard() == Guard.NAME);
    }

    @ParameterizedTest
    @MethodSource("named")
    void areDeclaredByEachKindThatMakesSomethingOfAName(Kind kind) {
      Node with =
          PlanReader.fields(
                  Repository.read(Repository.path("examples/steps/" + kind.name() + ".yaml")))
              .get("with")
              .orElseThrow();
      Action made =
          (Action)
              Binding.bind(kind, with, word -> new Node.Unknown(Place.START), "")
                  .value()
                  .orElseThrow();
      assertThat(made.makes()).isPresent();
    }
  }

  @Nested
  class TagsOfARestoredDatabase {
    private static String tagged(String tags) {
      return problemsWith("target: shop-db", "target: shop-db\n      tags: »" + tags);
    }

    @Test
    void areTheApplicationsOwn() {
      assertThat(tagged("{ backup: hourly, Owner: \"${recovery.region}\" }")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"rekindle:run", "AWS:owner"})
    void areNotThoseThatSomebodyElseSets(String key) {
      assertThat(tagged("{ '" + key + "': x }"))
          .contains("the tag '" + key + "' begins with ", "is not the application's to set");
    }
  }

  @Nested
  class TwoStepsWithOneTarget {
    private static String second(String settings, String target) {
      return problemsWith(
          "  - id: data\n",
          """
            - id: again
              uses: rds.restoreInstance
          %s
              with: »{ snapshot: { latestCopyOf: other }, target: %s, class: db.t3.micro, subnetGroup: shop-dr, securityGroups: sg-1, parameterGroup: shop }
            - id: data
          """
              .formatted(settings.indent(4), target));
    }

    @ParameterizedTest
    @ValueSource(strings = {"shop-db", "Shop-DB"})
    void areRefused(String target) {
      assertThat(second("", target))
          .isEqualTo(
              "» 'database' makes something of the same name: give each a target of its own, in"
                  + " failover.again.with.target");
    }

    @Test
    void areGoodWithTargetsOfTheirOwn() {
      assertThat(second("", "shop-db2")).isEmpty();
    }

    @Test
    void areGoodInAnotherRegion() {
      assertThat(second("region: primary", "shop-db")).isEmpty();
    }

    @Test
    void areGoodWhereNoRunTakesBoth() {
      String either =
          Shop.with("  - id: database\n", "  - id: database\n    when: { platform: ecs }\n")
              .replace(
                  "  - id: service\n",
                  """
                    - id: again
                      uses: rds.restoreInstance
                      when: { platform: eks }
                      with: { snapshot: { latestCopyOf: shop-db }, target: shop-db, class: db.t3.micro, subnetGroup: shop-dr, securityGroups: sg-1, parameterGroup: shop }
                    - id: service
                  """);
      assertThat(problemsOf(either)).doesNotContain("same name");
      assertThat(problemsOf(either.replace("platform: eks }\n", "platform: ecs }\n")))
          .contains("'database' makes something of the same name");
    }
  }

  @Nested
  class ATemplateOfAStack {
    private static String given(String settings) {
      return problemsWith(
          "  - id: service\n",
          """
            - id: stack
              uses: cfn.deploy
              with:
                stack: shop
                stackRole: arn:aws:iam::123456789012:role/cfn
          %s
            - id: service
          """
              .formatted(settings.indent(6)));
    }

    @Test
    void isNamedByWhereItIsKept() {
      assertThat(given("template: https://shop.s3.us-west-2.amazonaws.com/a.yaml?versionId=3HL4"))
          .isEmpty();
    }

    @Test
    void isNotWrittenOutForEveryCallToCarryIt() {
      assertThat(given("template: »\"{ Resources: { Queue: { Type: 'AWS::SQS::Queue' } } }\""))
          .contains(
              "' is a text, not the place of one: put it into a bucket of the recovery Region")
          .endsWith("in failover.stack.with.template");
    }

    @Test
    void isPutBackFromAVersionThatNobodyCanChange() {
      assertThat(
              given(
                  """
                  template: https://shop.s3.us-west-2.amazonaws.com/a.yaml
                  formerTemplate: https://shop.s3.us-west-2.amazonaws.com/a.yaml\
                  """))
          .contains("formerTemplate needs its version (?versionId=…)");
    }
  }

  @Nested
  class AliasesThatExpand {
    @Test
    void toMegabytesAreRefusedWhereTheyDo() {
      String plan =
          Shop.with("owner: shop-team", "owner: &a " + "x".repeat(100_000))
              .replace("cluster: shop,", "cluster: [" + "*a, ".repeat(11) + "b],");
      assertThat(problemsOf(plan))
          .isEqualTo(
              "40:22: is larger than 1 MiB once it is written out, aliases and all: the most a"
                  + " workflow can take");
    }

    @Test
    void toManyLevelsAreRefusedWhereTheyDo() {
      String plan =
          "a: &a "
              + "[".repeat(30)
              + "]".repeat(30)
              + "\nb: "
              + "[".repeat(20)
              + "*a"
              + "]".repeat(20);
      assertThat(problemsOf(plan)).isEqualTo("2:24: nested more than 40 levels deep");
    }
  }

  @Nested
  class ACronThatNeverFires {
    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = {
          "0 3 30 2 *|30|2",
          "0 3 31 4,6,9,11 *|31|4,6,9,11",
          "0 3 30-31 FEB MON|30-31|FEB",
        })
    void isRefused(String cron, String day, String month) {
      assertThat(problemsWith("cron: \"0 3 * * SUN\"", "cron: »\"" + cron + "\""))
          .isEqualTo(
              "» '%s' never fires: day %s of month %s is in no calendar, in drills.weekly.cron"
                  .formatted(cron, day, month));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0 3 29 2 *", "0 3 31 1-4 *", "0 3 */15 2 *", "0 3 28-31 2 SUN"})
    void isNotOneThatFiresSeldom(String cron) {
      assertThat(problemsWith("cron: \"0 3 * * SUN\"", "cron: \"" + cron + "\"")).isEmpty();
    }
  }

  @Nested
  class WhatNobodyObeys {
    private static String written(String setting) {
      return problemsWith(
          "  - id: database\n",
          """
            - id: rest
              uses: wait
              %s
              with: { for: 5m }
            - id: database
          """
              .formatted(setting));
    }

    @Test
    void isATimeoutOfAWait() {
      assertThat(written("timeout: »10m"))
          .isEqualTo(
              "» wait has no budget: it lasts as long as its 'with' says, or until people answer:"
                  + " remove 'timeout', in failover.rest");
    }

    @Test
    void isARegionOfAWait() {
      assertThat(written("region: »recovery"))
          .isEqualTo("» wait acts in no Region: remove 'region', in failover.rest");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ask", "abort"})
    void isWhatAnApprovalDoesWhenItFails(String choice) {
      assertThat(
              problemsWith(
                  "    uses: approval\n    with: { question: \"Fail",
                  "    uses: approval\n    onFailure: »"
                      + choice
                      + "\n    with: { question: \"Fail"))
          .isEqualTo("» approval cannot fail: remove 'onFailure', in failover.approve");
    }

    @Test
    void isTrafficOfAStepThatOnlyLooks() {
      assertThat(
              problemsWith(
                  "    modes: [outage, planned]\n",
                  "    modes: [outage, planned]\n    traffic: »true\n"))
          .contains("» verify.http changes nothing, so it moves no traffic: remove 'traffic'");
    }
  }
}
