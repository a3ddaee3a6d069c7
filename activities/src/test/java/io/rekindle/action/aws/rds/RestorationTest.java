package io.rekindle.action.aws.rds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.rekindle.action.Observation.Broken;
import io.rekindle.action.Observation.Due;
import io.rekindle.action.aws.StepDriver;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.rds.model.DBInstance;

/** What AWS may do with a restore, and with what comes of it. */
class RestorationTest extends Restoring {
  /** What AWS would take by default is slower, and lets nobody in by IAM. */
  @Test
  void keepsStorageAndIamAuthenticationOfTheSnapshot() {
    given();
    instantly(() -> {
      world
          .there()
          .rds()
          .createDBInstance(request ->
              request
                  .dbInstanceIdentifier("ledger")
                  .engine("mysql")
                  .dbInstanceClass("db.t3.micro")
                  .allocatedStorage(400)
                  .storageType("io1")
                  .iops(4000)
                  .enableIAMDatabaseAuthentication(true)
                  .masterUsername("admin")
                  .masterUserPassword("first-password"));
      world.copy("ledger", "ledger-1");
    });
    step(with().replace("latestCopyOf: 'orders'", "latestCopyOf: 'ledger'")).settled();
    DBInstance restored = here.look("orders-a1b2c3");
    assertThat(restored.storageType()).isEqualTo("io1");
    assertThat(restored.iops()).isEqualTo(4000);
    assertThat(restored.iamDatabaseAuthenticationEnabled()).isTrue();
  }

  private StepDriver protecting() {
    return step(with().replace("backupRetention", "deletionProtection: true, backupRetention"));
  }

  @Test
  void protectsFromDeletionAndUndoLiftsThat() {
    given();
    StepDriver step = protecting();
    step.settled();
    assertThat(here.look("orders-a1b2c3").deletionProtection()).isTrue();
    step.undo();
    assertThat(here.has("orders-a1b2c3")).isFalse();
  }

  @Test
  void undoLeavesAloneWhatSomebodyElseProtects() {
    given();
    StepDriver step = step();
    step.settled();
    instantly(() ->
        here.rds()
            .modifyDBInstance(
                request -> request.dbInstanceIdentifier("orders-a1b2c3").deletionProtection(true)));
    assertThat(catchThrowableOfType(ApplicationFailure.class, step::undo).getOriginalMessage())
        .endsWith(
            "the DB instance orders-a1b2c3 in us-west-2 is not deleted: somebody else protects it"
                + " from that");
    assertThat(here.has("orders-a1b2c3")).isTrue();
  }

  @Test
  void aDrillProtectsNothing() {
    given();
    StepDriver drill = protecting().drill();
    drill.settled();
    drill.undo();
    assertThat(here.has("drill-a1b2c3-orders")).isFalse();
  }

  @Test
  void anInstanceServesWhileItsBlocksAreStillBeingLoaded() {
    given();
    endsAs("RestoreDBInstanceFromDBSnapshot", "storage-initialization");
    assertThat(step().settled().outputs()).containsEntry("instance", "orders-a1b2c3");
  }

  @Test
  void waitsForAStatusThatItDoesNotKnowAndNamesIt() {
    given();
    endsAs("RestoreDBInstanceFromDBSnapshot", "storage-blessing");
    StepDriver step = step();
    step.apply(step.due());
    pass(Duration.ofHours(1));
    ApplicationFailure wait = catchThrowableOfType(ApplicationFailure.class, step::observe);
    assertThat(wait.isNonRetryable()).isFalse();
    assertThat(wait.getOriginalMessage())
        .isEqualTo(
            "the DB instance orders-a1b2c3 is 'storage-blessing', which Rekindle does not know, and"
                + " waits for");
  }

  @Test
  void triesTheNextClassWhenThereAreNoMachinesOfTheFirst() {
    given();
    StepDriver step = step();
    Due due = step.due();
    refuseOnce("RestoreDBInstanceFromDBSnapshot", "InsufficientDBInstanceCapacity");
    step.apply(due);
    assertThat(here.look("orders-a1b2c3").dbInstanceClass()).isEqualTo("db.t3.small");
  }

  private StepDriver whereAwsFindsNoMachinesAfterAll() {
    given();
    endsAs("RestoreDBInstanceFromDBSnapshot", "insufficient-capacity");
    StepDriver step = step();
    step.apply(step.due());
    return step;
  }

  @Test
  void replacesItsOwnInstanceByTheNextClassWhenAwsFindsNoMachinesLater() {
    StepDriver step = whereAwsFindsNoMachinesAfterAll();
    Due next = (Due) step.look();
    assertThat(next.change()).isEqualTo("restore");
    assertThat(next.before()).containsEntry("instanceClass", "db.t3.small");
    endsAs("RestoreDBInstanceFromDBSnapshot", "");
    step.applyPatiently(next);
    step.apply(next);
    assertThat(step.settled().outputs()).containsEntry("instance", "orders-a1b2c3");
    assertThat(here.look("orders-a1b2c3").dbInstanceClass()).isEqualTo("db.t3.small");
    assertThat(changes())
        .containsExactly(
            "RestoreDBInstanceFromDBSnapshot",
            "DeleteDBInstance",
            "RestoreDBInstanceFromDBSnapshot",
            "ModifyDBInstance");
  }

  @Test
  void aLateAttemptWithTheFirstClassRemovesNothing() {
    StepDriver step = whereAwsFindsNoMachinesAfterAll();
    Due next = (Due) step.look();
    Map<String, String> first = new HashMap<>(next.before());
    first.remove("instanceClass");
    step.applyPatiently(next);
    assertThat(step.look()).isInstanceOf(Broken.class);
    List<String> before = changes();
    step.apply(new Due("restore", first));
    step.apply(next);
    assertThat(changes()).isEqualTo(before);
  }

  @Test
  void asksWhenAwsFindsNoMachinesOfAnyClass() {
    StepDriver step = whereAwsFindsNoMachinesAfterAll();
    assertThat(step.reconcile())
        .isEqualTo(
            new Broken(
                "the DB instance orders-a1b2c3 in us-west-2 is 'insufficient-capacity': AWS has no"
                    + " capacity for this class in these Availability Zones. Fix it and retry, or"
                    + " start over (retry --anew)"));
    assertThat(here.look("orders-a1b2c3").dbInstanceClass()).isEqualTo("db.t3.small");
  }

  @Test
  void whatIsDoneAnewBeginsWithAClassThatWasNotRefused() {
    whereAwsFindsNoMachinesAfterAll().look();
    StepDriver anew = step().generation(2);
    assertThat(anew.due().before()).containsEntry("instanceClass", "db.t3.small");
    endsAs("RestoreDBInstanceFromDBSnapshot", "");
    anew.settled();
    assertThat(here.look("orders-a1b2c3-g2").dbInstanceClass()).isEqualTo("db.t3.small");
    assertThat(here.has("orders-a1b2c3")).as("what was made is kept").isTrue();
  }

  @Test
  void whatIsDoneAnewKeepsTheClassForWhichThereWereMachines() {
    given();
    StepDriver step = step();
    Due due = step.due();
    refuseOnce("RestoreDBInstanceFromDBSnapshot", "InsufficientDBInstanceCapacity");
    step.apply(due);
    assertThat(step().generation(2).due().before()).containsEntry("instanceClass", "db.t3.small");
  }

  @Test
  void whatIsDoneAnewBeginsFromTheFirstClassWhenAllWereRefused() {
    whereAwsFindsNoMachinesAfterAll().reconcile();
    assertThat(step().generation(2).due().before()).doesNotContainKey("instanceClass");
  }

  @Test
  void asksWhenThereAreNoMachinesAtAll() {
    given();
    StepDriver step = step();
    Due due = step.due();
    refuse("RestoreDBInstanceFromDBSnapshot", "InsufficientDBInstanceCapacity");
    ApplicationFailure failure =
        catchThrowableOfType(ApplicationFailure.class, () -> step.apply(due));
    assertThat(failure.isNonRetryable()).isTrue();
    assertThat(failure.getOriginalMessage())
        .contains("orders-a1b2c3", "InsufficientDBInstanceCapacity", "retry --set");
  }
}
