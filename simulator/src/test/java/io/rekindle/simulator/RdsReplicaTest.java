package io.rekindle.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.rekindle.simulator.fault.Fault;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.rds.model.CreateDbInstanceReadReplicaRequest;
import software.amazon.awssdk.services.rds.model.DBInstanceStatusInfo;

class RdsReplicaTest extends RdsAccount {
  private final String source = "arn:aws:rds:us-east-2:" + east.account() + ":db:orders";

  @BeforeEach
  void promotionsLast() {
    SIMULATOR.tempo().lasts("PromoteReadReplica", TIME);
  }

  private void create(Consumer<CreateDbInstanceReadReplicaRequest.Builder> more) {
    west.createDBInstanceReadReplica(it ->
        it.dbInstanceIdentifier("replica")
            .sourceDBInstanceIdentifier(source)
            .sourceRegion("us-east-2")
            .applyMutation(more));
  }

  private void createWithKey() {
    String key = key();
    create(it -> it.kmsKeyId(key));
    later();
  }

  private String status() {
    return instance(west, "replica").dbInstanceStatus();
  }

  @Test
  void comesIntoBeingWithItsSourceAndWithoutBackups() {
    String key = key();
    create(it -> it.kmsKeyId(key));
    assertThat(status()).isEqualTo("creating");
    later();
    assertThat(status()).isEqualTo("available");
    assertThat(instance(west, "replica").readReplicaSourceDBInstanceIdentifier()).isEqualTo(source);
    assertThat(instance(west, "replica").backupRetentionPeriod()).isZero();
    assertThat(instance(west, "replica").dbParameterGroups().getFirst().dbParameterGroupName())
        .startsWith("default.postgres");
    assertThat(instance(west, "replica").statusInfos())
        .extracting(DBInstanceStatusInfo::status)
        .containsExactly("replicating");
    assertThat(instance(rds, "orders").readReplicaDBInstanceIdentifiers()).hasSize(1);
  }

  @Test
  void takesNoParameterGroupWhenItIsOfPostgres() {
    String key = key();
    assertRefused(
        "InvalidParameterCombination",
        400,
        () -> create(it -> it.kmsKeyId(key).dbParameterGroupName("fast")));
  }

  @Test
  void needsAKeyOfItsRegionWhenItsSourceIsEncrypted() {
    assertRefused("InvalidParameterCombination", 400, () -> create(it -> {}));
  }

  @Test
  void needsASourceThatIsAvailableAndHasBackups() {
    String key = key();
    isolate("orders");
    assertRefused("InvalidDBInstanceState", 400, () -> create(it -> it.kmsKeyId(key)));
    later();
    rds.modifyDBInstance(it -> it.dbInstanceIdentifier("orders").backupRetentionPeriod(0));
    later();
    assertRefused("InvalidDBInstanceState", 400, () -> create(it -> it.kmsKeyId(key)));
  }

  @Test
  void hasANameOfItsOwn() {
    createWithKey();
    String key = key();
    assertRefused("DBInstanceAlreadyExists", 400, () -> create(it -> it.kmsKeyId(key)));
  }

  @Test
  void hasASourceUntilItsPromotionHasEndedAndCanBePromotedOnce() {
    createWithKey();
    west.promoteReadReplica(it -> it.dbInstanceIdentifier("replica").backupRetentionPeriod(3));
    assertThat(status()).isEqualTo("modifying");
    assertThat(instance(west, "replica").readReplicaSourceDBInstanceIdentifier()).isEqualTo(source);
    SIMULATOR.tempo().pass(TIME.dividedBy(2));
    assertThat(status()).isEqualTo("rebooting");
    later();
    assertThat(status()).isEqualTo("available");
    assertThat(instance(west, "replica").readReplicaSourceDBInstanceIdentifier()).isNull();
    assertThat(instance(west, "replica").backupRetentionPeriod()).isEqualTo(3);
    assertThat(instance(rds, "orders").readReplicaDBInstanceIdentifiers()).isEmpty();
    assertRefused(
        "InvalidDBInstanceState",
        400,
        () -> west.promoteReadReplica(it -> it.dbInstanceIdentifier("replica")));
  }

  @Test
  void canBeDeletedBeforeAndAfterItsPromotion() {
    createWithKey();
    west.deleteDBInstance(it -> it.dbInstanceIdentifier("replica").skipFinalSnapshot(true));
    later();
    assertThat(instance(rds, "orders").readReplicaDBInstanceIdentifiers()).isEmpty();
    createWithKey();
    west.promoteReadReplica(it -> it.dbInstanceIdentifier("replica"));
    later();
    west.deleteDBInstance(it -> it.dbInstanceIdentifier("replica").skipFinalSnapshot(true));
    later();
    assertThat(west.describeDBInstances().dbInstances()).isEmpty();
  }

  @Test
  void isTerminatedWhenItsSourceIsDeleted() {
    createWithKey();
    rds.deleteDBInstance(it -> it.dbInstanceIdentifier("orders").skipFinalSnapshot(true));
    DBInstanceStatusInfo info = instance(west, "replica").statusInfos().getFirst();
    assertThat(info.status()).isEqualTo("terminated");
    assertThat(info.normal()).isFalse();
  }

  @Test
  void lagsMoreAndMoreWhileTheRegionOfItsSourceIsDark() {
    createWithKey();
    assertThat(lag()).containsOnly(0.0);
    Fault dark = SIMULATOR.faults().dark("us-east-2");
    SIMULATOR.tempo().pass(Duration.ofMinutes(10));
    assertThat(lag()).allMatch(seconds -> seconds >= 600);
    dark.end();
    assertThat(lag()).containsOnly(0.0);
  }

  private List<Double> lag() {
    return east.in(Aws.WEST)
        .client(CloudWatchClient.builder())
        .getMetricData(it ->
            it.startTime(Instant.now().minusSeconds(120))
                .endTime(Instant.now())
                .metricDataQueries(query ->
                    query
                        .id("lag")
                        .metricStat(stat ->
                            stat.period(60)
                                .stat("Maximum")
                                .metric(metric ->
                                    metric
                                        .namespace("AWS/RDS")
                                        .metricName("ReplicaLag")
                                        .dimensions(by ->
                                            by.name("DBInstanceIdentifier").value("replica"))))))
        .metricDataResults()
        .getFirst()
        .values();
  }
}
