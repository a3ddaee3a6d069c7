package io.rekindle.action.aws.rds.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.rekindle.action.ActionCall.Point;
import io.rekindle.action.Observation;
import io.rekindle.action.Observation.Broken;
import io.rekindle.action.Observation.Due;
import io.rekindle.action.Observation.Foreign;
import io.rekindle.action.aws.ActionHandler;
import io.rekindle.action.aws.ActionWorld;
import io.rekindle.action.aws.SimulatedAws;
import io.rekindle.action.aws.StepDriver;
import io.rekindle.action.aws.rds.Instances;
import io.rekindle.plan.step.data.Backup;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.backup.BackupClient;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.rds.RdsClient;

/** What AWS Backup may do with a restore, and which recovery point it is of. */
class RestoringTest extends ActionWorld<Backup.Restore> {
  private final BackupWorld world =
      new BackupWorld(
          in(THERE, RdsClient::builder),
          in(HERE, RdsClient::builder),
          in(HERE, Ec2Client::builder),
          in(HERE, BackupClient::builder));

  @Override
  protected ActionHandler<Backup.Restore> handler() {
    return new Restore();
  }

  @Override
  protected String with() {
    return BackupWorld.OF_RDS;
  }

  @Override
  protected void world() {
    world.plant();
  }

  private String kept(String snapshot, Instant saved) {
    String[] arn = new String[1];
    instantly(() -> arn[0] = world.keep(snapshot, saved));
    return arn[0];
  }

  private StepDriver choosing(String more) {
    return step(with().replace("' }, restoreRole", "', " + more + " }, restoreRole"));
  }

  private static String why(Observation seen) {
    return ((Broken) seen).why();
  }

  @Test
  void findsItsJobAgainWhenNobodyKnowsItsId() {
    given();
    StepDriver step = step().withoutReceipts();
    Due restore = step.due();
    step.apply(restore);
    step.apply(restore);
    step.settled();
    step.apply(restore);
    assertThat(world.jobs()).hasSize(1);
  }

  /** The list of jobs may be late; then the token makes two starts the same. */
  @Test
  void startsNoSecondJobWhenAwsDoesNotShowTheFirstYet() {
    given();
    StepDriver step = step().withoutReceipts();
    Due restore = step.due();
    SimulatedAws.aws().faults().lag(Duration.ofHours(1));
    step.apply(restore);
    step.apply(restore);
    SimulatedAws.aws().faults().lag(Duration.ZERO);
    assertThat(changes()).containsExactly("StartRestoreJob", "StartRestoreJob");
    assertThat(world.jobs()).hasSize(1);
  }

  @Test
  void saysWhyAJobFailedAndDoesNotStartItAgain() {
    given();
    endsAs("StartRestoreJob", "FAILED Access denied exception while calling PassRole");
    StepDriver step = step();
    Due restore = step.due();
    step.apply(restore);
    assertThat(why(step.look()))
        .matches(
            "the restore job \\S+ in us-west-2 ended as FAILED: AWS Backup says \"Access denied"
                + " exception while calling PassRole\". Mend that, then start over \\(retry"
                + " --anew\\)");
    step.apply(restore);
    assertThat(world.jobs()).hasSize(1);
    endsAs("StartRestoreJob", "");
    assertThat(step().generation(2).settled().outputs())
        .containsEntry("instance", "orders-a1b2c3-g2");
  }

  @Test
  void triesTheNextClassWhenAJobFailsForLackOfMachines() {
    given();
    endsAs("StartRestoreJob", "FAILED Cannot restore (InsufficientDBInstanceCapacity)");
    StepDriver step = step();
    step.apply(step.due());
    Due next = (Due) step.look();
    assertThat(next.before()).containsEntry("instanceClass", "db.t3.small");
    endsAs("StartRestoreJob", "");
    step.apply(next);
    step.apply(next);
    step.settled();
    assertThat(world.instance("orders-a1b2c3").dbInstanceClass()).isEqualTo("db.t3.small");
    assertThat(world.jobs()).hasSize(2);
  }

  @Test
  void asksWhenThereAreNoMachinesOfAnyClass() {
    given();
    endsAs("StartRestoreJob", "FAILED Cannot restore (InsufficientDBInstanceCapacity)");
    assertThat(why(step().reconcile())).contains("InsufficientDBInstanceCapacity", "--anew");
    assertThat(world.jobs()).hasSize(2);
  }

  @Test
  void whatIsDoneAnewBeginsWithAClassThatWasNotRefused() {
    given();
    endsAs("RestoreDBInstanceFromDBSnapshot", "insufficient-capacity");
    StepDriver step = step();
    step.apply(step.due());
    step.look();
    endsAs("RestoreDBInstanceFromDBSnapshot", "");
    StepDriver anew = step().generation(2);
    assertThat(anew.due().before()).containsEntry("instanceClass", "db.t3.small");
    anew.settled();
    assertThat(world.instance("orders-a1b2c3-g2").dbInstanceClass()).isEqualTo("db.t3.small");
  }

  /** AWS Backup answers a token that it knows with the former job, and does nothing. */
  @Test
  void restoresAnewWhatWasTakenAway() {
    given();
    StepDriver step = step();
    step.settled();
    step.undo();
    step.settled();
    assertThat(world.has("orders-a1b2c3")).isTrue();
    assertThat(world.jobs()).hasSize(2);
  }

  @Test
  void leavesAloneWhatTookItsNameWhileTheJobWasPending() {
    given();
    StepDriver step = step();
    step.apply(step.due());
    instantly(() ->
        world
            .here()
            .createDBInstance(request ->
                request
                    .dbInstanceIdentifier("orders-a1b2c3")
                    .engine("mysql")
                    .dbInstanceClass("db.t3.micro")
                    .allocatedStorage(20)
                    .masterUsername("admin")
                    .masterUserPassword("first-password")));
    assertThat(step.look()).isInstanceOf(Foreign.class);
    assertThat(world.jobs().getFirst().statusMessage()).contains("DBInstanceAlreadyExists");
  }

  /** What came along looks like something that an earlier run of the step left. */
  @Test
  void marksWhatItRestoredAlsoWhereOneMayBeTakenOver() {
    given();
    instantly(() -> {
      world.tagSource("rekindle:application", "shop");
      world.tagSource("rekindle:run", "0dd0dd");
      world.tagSource("rekindle:step", "it");
      world.keep("nightly-2", BackupWorld.SAVED.plusSeconds(60));
    });
    step().adopting().settled();
    assertThat(Instances.tags(world.instance("orders-a1b2c3")))
        .containsEntry("rekindle:run", "a1b2c3")
        .containsEntry("rekindle:recoveryPoint", BackupWorld.SAVED.plusSeconds(60).toString());
  }

  @Test
  void keepsWhatMayHaveServed() {
    given();
    StepDriver step = step();
    step.settled();
    assertThat(step.served().undo())
        .isEqualTo(
            "the DB instance arn:aws:rds:us-west-2:123456789012:db:orders-a1b2c3 is kept, because"
                + " it may have served");
    assertThat(world.has("orders-a1b2c3")).isTrue();
  }

  @Test
  void takesOverWhatAnEarlierRunRestoredFromTheAgreedPoint() {
    given();
    step().run("0dd0dd").settled();
    StepDriver adopting = step().adopting();
    assertThat(adopting.due().change()).isEqualTo("adopt");
    assertThat(adopting.settled().outputs()).containsEntry("instance", "orders-0dd0dd");
    kept("nightly-2", BackupWorld.SAVED.plusSeconds(60));
    assertThat(why(step().run("1dd1dd").adopting().observe()))
        .contains("the DB instance orders-0dd0dd", "retry --adopt --set recoveryPoint=…");
  }

  @Nested
  class TheRecoveryPoint {
    @Test
    void isTheOneWithTheNewestDataWheneverItWasCopied() {
      given();
      String newest = kept("nightly-3", BackupWorld.SAVED.plusSeconds(60));
      kept("nightly-2", BackupWorld.SAVED.minusSeconds(60));
      assertThat(step().due().before())
          .containsEntry("recoveryPoint", newest)
          .containsEntry("time", BackupWorld.SAVED.plusSeconds(60).toString());
    }

    @Test
    void isComplete() {
      given();
      String[] partial = new String[1];
      instantly(() ->
          partial[0] =
              world
                  .vault()
                  .keep(world.point("nightly-2", BackupWorld.SAVED.plusSeconds(60)).in("PARTIAL")));
      assertThat(step().due().before().get("recoveryPoint")).isNotEqualTo(partial[0]);
      assertThat(why(step().at(new Point(partial[0], null)).observe()))
          .isEqualTo(
              "the recovery point "
                  + partial[0]
                  + " in the vault orders-dr of us-west-2 is PARTIAL, not COMPLETED: choose"
                  + " another (retry --set recoveryPoint=…)");
    }

    @Test
    void isOneInWhichNoScanFoundMalware() {
      given();
      String[] infected = new String[1];
      instantly(() ->
          infected[0] =
              world
                  .vault()
                  .keep(world.point("nightly-2", BackupWorld.SAVED.plusSeconds(60)).withMalware()));
      assertThat(step().due().before().get("recoveryPoint")).isNotEqualTo(infected[0]);
      assertThat(step().at(new Point(infected[0], null)).due().before())
          .as("a person may name it")
          .containsEntry("recoveryPoint", infected[0]);
    }

    @Test
    void isNeitherTooOldNorFromBeforeATime() {
      given();
      assertThat(choosing("maxAge: '1h'").after(Duration.ofMinutes(49)).observe())
          .isInstanceOf(Due.class);
      assertThat(why(choosing("maxAge: '1h'").after(Duration.ofMinutes(51)).observe()))
          .endsWith("older than 1h; to use it: retry --set recoveryPoint=…");
      Instant later = BackupWorld.SAVED.plusSeconds(1);
      assertThat(why(choosing("notBefore: '" + later + "'").observe()))
          .endsWith("before " + later + "; to use it: retry --set recoveryPoint=…");
    }

    @Test
    void holdsNothingLaterThanAsked() {
      given();
      kept("nightly-2", BackupWorld.SAVED.plusSeconds(60));
      StepDriver step = step().at(new Point(null, BackupWorld.SAVED));
      assertThat(step.due().before()).containsEntry("time", BackupWorld.SAVED.toString());
      assertThat(why(step().at(new Point(null, BackupWorld.SAVED.minusSeconds(1))).observe()))
          .contains("that holds nothing later than");
    }

    @Test
    void isMissedInWords() {
      given();
      assertThat(step(with().replace(":db:orders", ":db:billing")).check().evidence())
          .isEqualTo(
              "no complete recovery point of arn:aws:rds:us-east-2:123456789012:db:billing in the"
                  + " vault orders-dr of us-west-2; copy one, or choose one (retry --set"
                  + " recoveryPoint=…)");
      assertThat(step(with().replace("orders-dr", "nobodys")).check().evidence())
          .isEqualTo(
              "the vault nobodys of us-west-2 does not exist: correct the step (retry --set"
                  + " vault=…), or make it");
    }

    @Test
    void isNamedAsReadyWithWhatARestoreNeeds() {
      given();
      assertThat(step().check().evidence())
          .startsWith("recovery point arn:aws:rds:us-west-2:123456789012:snapshot:awsbackup:")
          .endsWith("subnet group and parameter group are in us-west-2");
      assertThat(step(with().replace("'own'", "'nobodys'")).check().evidence())
          .isEqualTo("the parameter group nobodys does not exist in us-west-2");
    }
  }
}
