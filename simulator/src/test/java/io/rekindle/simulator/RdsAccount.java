package io.rekindle.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.DBInstance;
import software.amazon.awssdk.services.rds.model.DBSnapshot;
import software.amazon.awssdk.services.rds.model.Tag;

/** An account with one instance, and what its tests do again and again. */
abstract class RdsAccount {
  static final Simulator SIMULATOR = Simulators.plain();

  static final Duration TIME = Duration.ofMinutes(1);

  private static int account;

  final Aws east = Aws.of(SIMULATOR, "3000000000" + (10 + account++));

  final RdsClient rds = east.client(RdsClient.builder());

  final RdsClient west = east.in(Aws.WEST).client(RdsClient.builder());

  @BeforeEach
  void anInstance() {
    SIMULATOR.tempo().forget();
    SIMULATOR.tempo().lasts("DeleteDBInstance", TIME);
    SIMULATOR.tempo().lasts("CreateDBInstanceReadReplica", TIME);
    for (String operation : List.of("CreateDBSnapshot", "CopyDBSnapshot", "ModifyDBInstance")) {
      SIMULATOR.tempo().lasts(operation, TIME);
    }
    rds.createDBInstance(it ->
        it.dbInstanceIdentifier("orders")
            .engine("postgres")
            .dbInstanceClass("db.t3.micro")
            .masterUsername("master")
            .masterUserPassword("Passw0rd123")
            .allocatedStorage(20)
            .storageEncrypted(true));
  }

  void snapshot(String name) {
    rds.createDBSnapshot(it -> it.dbInstanceIdentifier("orders").dbSnapshotIdentifier(name));
  }

  DBSnapshot availableSnapshot(String name) {
    snapshot(name);
    later();
    assertThat(snapshotOf(rds, name).status()).isEqualTo("available");
    return snapshotOf(rds, name);
  }

  void restore(String snapshot, String name) {
    rds.restoreDBInstanceFromDBSnapshot(
        it -> it.dbInstanceIdentifier(name).dbSnapshotIdentifier(snapshot));
  }

  void copyWest(String source, String name, @Nullable String key) {
    west.copyDBSnapshot(it ->
        it.sourceDBSnapshotIdentifier(source)
            .sourceRegion("us-east-2")
            .targetDBSnapshotIdentifier(name)
            .kmsKeyId(key)
            .tags(Tag.builder().key("rekindle:run").value("0a1b2c").build()));
  }

  String key() {
    return east.in(Aws.WEST).client(KmsClient.builder()).createKey().keyMetadata().arn();
  }

  void isolate(String name) {
    rds.modifyDBInstance(
        it -> it.dbInstanceIdentifier(name).vpcSecurityGroupIds("sg-9").applyImmediately(true));
  }

  void rename(String from, String to) {
    rds.modifyDBInstance(
        it -> it.dbInstanceIdentifier(from).newDBInstanceIdentifier(to).applyImmediately(true));
  }

  List<String> names() {
    return rds.describeDBInstances().dbInstances().stream()
        .map(DBInstance::dbInstanceIdentifier)
        .toList();
  }

  static DBInstance instance(RdsClient in, String name) {
    return in.describeDBInstances(it -> it.dbInstanceIdentifier(name)).dbInstances().getFirst();
  }

  static DBSnapshot snapshotOf(RdsClient in, String name) {
    return in.describeDBSnapshots(it -> it.dbSnapshotIdentifier(name)).dbSnapshots().getFirst();
  }

  static void later() {
    SIMULATOR.tempo().pass(TIME);
  }

  static void await(Supplier<Boolean> condition) {
    Instant until = Instant.now().plusSeconds(20);
    while (!condition.get()) {
      assertThat(Instant.now()).as("not within 20 s").isBefore(until);
      try {
        Thread.sleep(50);
      } catch (InterruptedException stopped) {
        throw new IllegalStateException(stopped);
      }
    }
  }

  static void assertRefused(String code, int status, Runnable asking) {
    assertThatThrownBy(asking::run)
        .isInstanceOfSatisfying(
            AwsServiceException.class,
            refused -> {
              assertThat(refused.awsErrorDetails().errorCode()).isEqualTo(code);
              assertThat(refused.statusCode()).isEqualTo(status);
            });
  }
}
