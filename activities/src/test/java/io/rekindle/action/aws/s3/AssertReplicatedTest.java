package io.rekindle.action.aws.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.rekindle.action.Observation.Broken;
import io.rekindle.action.aws.ActionHandler;
import io.rekindle.action.aws.LookContract;
import io.rekindle.action.aws.SimulatedAws;
import io.rekindle.action.aws.StepDriver;
import io.rekindle.plan.step.data.S3;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.s3.model.ReplicationRuleStatus;

class AssertReplicatedTest extends LookContract<S3.AssertReplicated> {
  private static final String SOURCE = "shop-assets-us-east-2";
  private static final String REPLICA = "shop-assets-us-west-2";
  private static final String KEY = "canary/replication.txt";

  private final S3Client there = in("us-east-2", S3Client::builder);
  private final S3Client here = in(HERE, S3Client::builder);

  @Override
  protected ActionHandler<S3.AssertReplicated> handler() {
    return new AssertReplicated();
  }

  @Override
  protected String with() {
    return "{ bucket: '" + REPLICA + "', key: '" + KEY + "', maxLag: '30m' }";
  }

  @Override
  protected void given() {
    buckets();
    replicate();
    write();
    pass(Duration.ofMinutes(5));
  }

  private void buckets() {
    bucket(there, SOURCE, "us-east-2");
    bucket(here, REPLICA, HERE);
  }

  private static void bucket(S3Client s3, String name, String region) {
    s3.createBucket(
        it -> it.bucket(name).createBucketConfiguration(at -> at.locationConstraint(region)));
    s3.putBucketVersioning(it ->
        it.bucket(name).versioningConfiguration(how -> how.status(BucketVersioningStatus.ENABLED)));
  }

  private void replicate() {
    there.putBucketReplication(it ->
        it.bucket(SOURCE)
            .replicationConfiguration(how ->
                how.role("arn:aws:iam::123456789012:role/replication")
                    .rules(rule ->
                        rule.id("all")
                            .priority(1)
                            .status(ReplicationRuleStatus.ENABLED)
                            .filter(filter -> filter.prefix(""))
                            .deleteMarkerReplication(markers -> markers.status("Disabled"))
                            .destination(to -> to.bucket("arn:aws:s3:::" + REPLICA)))));
  }

  private void write() {
    there.putObject(it -> it.bucket(SOURCE).key(KEY), RequestBody.fromString("alive"));
  }

  private static void pass(Duration time) {
    SimulatedAws.aws().tempo().pass(time);
  }

  private static String why(StepDriver step) {
    assertThat(step.check().ready()).isFalse();
    return ((Broken) step.observe()).why();
  }

  @Test
  void tellsUpToWhenTheBucketHoldsData() {
    given();
    Instant written = there.headObject(it -> it.bucket(SOURCE).key(KEY)).lastModified();
    assertThat(step().settled().outputs())
        .containsEntry("status", "REPLICA")
        .containsEntry("recoveryPoint", written.toString());
    assertThat(step().recoveryPoint().time()).isEqualTo(written);
  }

  @Test
  void aCanaryThatIsTooOldAsksAPerson() {
    given();
    assertThat(why(step().after(Duration.ofMinutes(31))))
        .contains("was written at ", "longer ago than 30m", "the rule that replicates it");
  }

  @Test
  void whatWasThereBeforeItsRuleNeverArrives() {
    buckets();
    write();
    replicate();
    pass(Duration.ofHours(1));
    assertThat(why(step())).contains(KEY, "does not exist: no canary has arrived");
  }

  @Test
  void whatHasNotArrivedYetIsNotThere() {
    buckets();
    replicate();
    write();
    assertThat(why(step())).contains("no canary has arrived");
  }

  @Test
  void whatWasWrittenHereShowsNothing() {
    given();
    here.putObject(it -> it.bucket(REPLICA).key(KEY), RequestBody.fromString("by hand"));
    assertThat(why(step())).contains("is no replica (its replication status is none)");
  }

  @Test
  void anOriginalShowsNothing() {
    given();
    StepDriver source = step("{ bucket: '" + SOURCE + "', key: '" + KEY + "' }");
    assertThat(why(source)).contains("is no replica (its replication status is COMPLETED)");
  }

  @Test
  void asksForABucketThatExists() {
    assertThat(why(step()))
        .isEqualTo("the bucket shop-assets-us-west-2 in us-west-2 does not exist");
  }
}
