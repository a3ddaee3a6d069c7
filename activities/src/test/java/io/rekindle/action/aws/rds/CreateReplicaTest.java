package io.rekindle.action.aws.rds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.rekindle.action.Observation;
import io.rekindle.action.Observation.Broken;
import io.rekindle.action.Observation.Due;
import io.rekindle.action.Observation.Settled;
import io.rekindle.action.aws.ActionContract;
import io.rekindle.action.aws.ActionHandler;
import io.rekindle.action.aws.StepDriver;
import io.rekindle.plan.step.data.RdsReplicas;
import io.rekindle.plan.step.data.RdsReplicas.CreateReplica.Change;
import io.temporal.failure.ApplicationFailure;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.DBInstance;
import software.amazon.awssdk.services.rds.model.DBParameterGroupStatus;

class CreateReplicaTest extends ActionContract<RdsReplicas.CreateReplica> {
  private static final String SOURCE = "arn:aws:rds:us-east-2:123456789012:db:orders";
  private final RdsWorld here = new RdsWorld(in(HERE, RdsClient::builder));
  private final RdsWorld there = new RdsWorld(in(THERE, RdsClient::builder));
  private String key = "";

  @Override
  protected ActionHandler<RdsReplicas.CreateReplica> handler() {
    return new CreateReplica();
  }

  @Override
  protected String with() {
    return "{ source: '%s', target: 'orders', class: 'db.t3.small', subnetGroup: 'dr', securityGroups: 'sg-0dr', parameterGroup: 'orders-postgres16', kmsKey: '%s' }"
        .formatted(SOURCE, key);
  }

  private static String without(String with, String field) {
    return with.replaceFirst(", " + field + ": '[^']*'", "");
  }

  @Override
  protected void world() {
    there.postgres("orders", true);
    key = in(HERE, KmsClient::builder).createKey().keyMetadata().arn();
    String subnet = in(HERE, Ec2Client::builder).describeSubnets().subnets().getFirst().subnetId();
    here.groups(subnet, "dr", "orders-postgres16");
  }

  @Override
  protected void inTheWay() {
    here.instance("orders-a1b2c3");
  }

  /** The same group as before, and AWS's own events tell of restarts. */
  @Override
  protected Set<String> sentOnce() {
    return Set.of("RebootDBInstance");
  }

  @Test
  void followsItsSourceUnderTheKeyAndTheGroupsOfThisRegion() {
    given();
    Settled settled = step().settled();
    DBInstance replica = here.look("orders-a1b2c3");
    assertThat(settled.outputs())
        .containsEntry("replica", "orders-a1b2c3")
        .containsEntry("endpoint", replica.endpoint().address());
    assertThat(replica.readReplicaSourceDBInstanceIdentifier()).isEqualTo(SOURCE);
    assertThat(replica.kmsKeyId()).isEqualTo(key);
    assertThat(replica.dbInstanceClass()).isEqualTo("db.t3.small");
    assertThat(replica.backupRetentionPeriod()).isZero();
    assertThat(there.look("orders").readReplicaDBInstanceIdentifiers())
        .containsExactly(replica.dbInstanceArn());
  }

  /** AWS refuses a group in the call that creates a replica of PostgreSQL. */
  @Test
  void takesItsParameterGroupByAChangeOfItsOwnAndObeysItAfterARestart() {
    given();
    StepDriver step = step();
    Due first = step.due();
    assertThat(first).isEqualTo(Due.of(Change.CREATE));
    step.apply(first);
    Due second = (Due) step.look();
    assertThat(second).isEqualTo(Due.of(Change.PARAMETERS));
    assertThat(groups()).containsExactly("default.postgres16");
    step.settled();
    assertThat(changes())
        .containsExactly("CreateDBInstanceReadReplica", "ModifyDBInstance", "RebootDBInstance");
    assertThat(groups()).containsExactly("orders-postgres16");
    assertThat(here.look("orders-a1b2c3").dbParameterGroups().getFirst().parameterApplyStatus())
        .isEqualTo("in-sync");
  }

  private List<String> groups() {
    return here.look("orders-a1b2c3").dbParameterGroups().stream()
        .map(DBParameterGroupStatus::dbParameterGroupName)
        .toList();
  }

  @Test
  void aSourceWithoutAutomatedBackupsCannotBeFollowed() {
    given();
    instantly(() ->
        there
            .rds()
            .modifyDBInstance(it -> it.dbInstanceIdentifier("orders").backupRetentionPeriod(0)));
    String why =
        "the DB instance "
            + SOURCE
            + " has no automated backups, which a replica needs: set its backup retention period";
    assertThat(step().observe()).isEqualTo(new Broken(why));
    assertThat(step().check().ready()).isFalse();
    assertThat(step().check().evidence()).isEqualTo(why);
  }

  @Test
  void aSourceThatIsBusyIsWaitedFor() {
    given();
    there.rds().rebootDBInstance(it -> it.dbInstanceIdentifier("orders"));
    StepDriver step = step();
    ApplicationFailure busy =
        catchThrowableOfType(ApplicationFailure.class, () -> step.apply(step.due()));
    assertThat(busy.isNonRetryable()).isFalse();
    assertThat(step.settled().outputs()).containsEntry("replica", "orders-a1b2c3");
  }

  /** A key opens nothing outside its own Region. */
  @Test
  void anEncryptedSourceNeedsAKeyOfThisRegion() {
    given();
    assertThat(step(without(with(), "kmsKey")).observe())
        .isEqualTo(
            new Broken(
                "the DB instance "
                    + SOURCE
                    + " is encrypted: give the step a kmsKey in us-west-2"));
  }

  @Test
  void aSourceThatIsNotEncryptedTakesNoKey() {
    given();
    instantly(() -> there.postgres("plain", false));
    String plain = with().replace(":db:orders", ":db:plain");
    assertThat(step(plain).observe()).isInstanceOf(Broken.class);
    assertThat(step(without(plain, "kmsKey")).due()).isEqualTo(Due.of(Change.CREATE));
  }

  @Test
  void saysBeforehandWhatIsMissing() {
    assertThat(step(without(with(), "kmsKey")).check().evidence())
        .isEqualTo(
            "the DB instance "
                + SOURCE
                + " does not exist; the DB subnet group dr does not exist in us-west-2"
                + "; the parameter group orders-postgres16 does not exist in us-west-2");
  }

  @Test
  void aReplicaThatGetsNothingIsBroken() {
    given();
    StepDriver step = step();
    step.apply(step.due());
    instantly(() ->
        there
            .rds()
            .deleteDBInstance(it -> it.dbInstanceIdentifier("orders").skipFinalSnapshot(true)));
    assertThat(step.look())
        .isEqualTo(
            new Broken(
                "the DB instance orders-a1b2c3 in us-west-2 gets nothing: its replication is"
                    + " 'terminated': look at its events"));
  }

  /** It may hold what nothing else does. */
  @Test
  void aPromotedReplicaIsNeverDeleted() {
    given();
    StepDriver step = step();
    step.settled();
    instantly(() -> here.rds().promoteReadReplica(it -> it.dbInstanceIdentifier("orders-a1b2c3")));
    ApplicationFailure refused =
        catchThrowableOfType(ApplicationFailure.class, () -> step.undoOnce());
    assertThat(refused.isNonRetryable()).isTrue();
    assertThat(refused.getOriginalMessage()).contains("it was promoted and may hold what nothing");
    assertThat(here.has("orders-a1b2c3")).isTrue();
    assertThat(step.look()).isInstanceOf(Broken.class);
  }

  @Test
  void adoptsAReplicaOfTheSameSourceOnly() {
    given();
    step().run("0dd0dd").settled();
    assertThat(step().adopting().due())
        .isEqualTo(new Due("adopt", Map.of("adopted", "orders-0dd0dd")));
    instantly(() -> there.postgres("other", true));
    Observation seen = step(with().replace(":db:orders", ":db:other")).adopting().observe();
    assertThat(seen)
        .isInstanceOfSatisfying(
            Broken.class, broken -> assertThat(broken.why()).contains("does not follow"));
  }

  /** A second one costs as much as the database; the name keeps it from being made. */
  @Test
  void aWrongRetryMakesNoSecondReplica() {
    given();
    StepDriver step = step();
    Due due = step.due();
    loseAnswers(due);
    assertThatThrownBy(() -> step.apply(due)).isInstanceOf(ApplicationFailure.class);
    mend();
    step.applyAgain(due);
    step.settled();
    assertThat(here.rds().describeDBInstances().dbInstances())
        .extracting(DBInstance::dbInstanceIdentifier)
        .containsExactly("orders-a1b2c3");
  }
}
