package io.rekindle.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.rekindle.rehearse.RehearsalCloud.Entry;
import io.rekindle.rehearse.Script;
import io.rekindle.run.StepState.Status;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class FailoverTest {
  private static final String SHOP =
      """
      application: shop
      regions: { primary: us-east-2, recovery: us-west-2 }
      assess:
        probes:
          - { id: site, uses: probe.http, with: { url: "https://shop.example.com/health" } }
      failover:
        - id: approve
          uses: approval
          with: { question: "Fail over?" }
        - id: fence
          uses: ecs.scaleService
          region: primary
          fence: true
          with: { cluster: shop, service: web, desired: 0 }
        - id: database
          uses: rds.restoreInstance
          with:
            snapshot: { latestCopyOf: shop-db }
            target: shop-db
            class: db.t3.medium
            subnetGroup: shop
            securityGroups: sg-1
            parameterGroup: shop-mysql8
        - id: credentials
          uses: secrets.syncFromRds
          with: { secret: shop/db, instance: "${database.instance}" }
        - id: service
          uses: ecs.scaleService
          with: { cluster: shop, service: web, desired: 2 }
        - id: dns
          uses: route53.upsert
          with: { zone: Z0123456789ABCDEFGHIJ, record: shop.example.com, type: CNAME, values: [dr.example.com] }
        - id: public
          uses: verify.http
          with: { url: "https://shop.example.com/health" }
      """;

  private static final Decision.Approve YES = new Decision.Approve(null, false, "go", "anna", null);

  @Test
  void recoversAfterTheApproval() {
    try (Story story = Story.of(SHOP, Script.SMOOTH)) {
      story.pass(Duration.ofMinutes(2));
      assertThat(story.step("approve").status()).isEqualTo(Status.ASKING);
      assertThat(story.cloud().log()).isEmpty();

      story.tell(YES);
      story.pass(Duration.ofHours(3));

      assertThat(story.status().outcome()).as("%s", story.status()).isEqualTo(Outcome.RECOVERED);
      assertThat(story.status().phase()).isEqualTo(Phase.SERVING);
      assertThat(story.cloud().log())
          .extracting(Entry::step)
          .containsExactly(
              "fence", "database", "credentials", "credentials", "credentials", "service", "dns");
      assertThat(story.cloud().repeatedChanges()).isZero();
    }
  }
}
