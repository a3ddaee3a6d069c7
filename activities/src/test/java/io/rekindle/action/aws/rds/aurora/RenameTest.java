package io.rekindle.action.aws.rds.aurora;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.rekindle.action.Observation.Broken;
import io.rekindle.action.Observation.Due;
import io.rekindle.action.Observation.Foreign;
import io.rekindle.action.Observation.Settled;
import io.rekindle.action.aws.ActionContract;
import io.rekindle.action.aws.ActionHandler;
import io.rekindle.action.aws.StepDriver;
import io.rekindle.plan.step.data.Aurora;
import io.temporal.failure.ApplicationFailure;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.DBClusterMember;

class RenameTest extends ActionContract<Aurora.Rename> {
  private final AuroraWorld here = new AuroraWorld(in(HERE, RdsClient::builder));

  @Override
  protected ActionHandler<Aurora.Rename> handler() {
    return new Rename();
  }

  @Override
  protected String with() {
    return "{ cluster: 'orders', to: 'orders-quarantine' }";
  }

  @Override
  protected void world() {
    here.cluster("orders");
    here.instance("orders", "orders-1");
  }

  private void anotherTakesTheFormerName() {
    here.cluster("billing");
    here.rds()
        .modifyDBCluster(request ->
            request
                .dbClusterIdentifier("billing")
                .newDBClusterIdentifier("orders")
                .applyImmediately(true));
  }

  /** Histories hold these words: what is in progress must stay readable. */
  @Test
  void recordsWhoHadTheFormerName() {
    given();
    assertThat(step().due())
        .isEqualTo(
            new Due("rename", Map.of("resourceId", here.look("orders").dbClusterResourceId())));
  }

  @Test
  void saysTheNewNameAndItsHost() {
    given();
    Settled settled = step().settled();
    assertThat(settled)
        .isEqualTo(
            new Settled(
                Map.of(
                    "cluster",
                    "orders-quarantine",
                    "endpoint",
                    here.look("orders-quarantine").endpoint(),
                    "readerEndpoint",
                    here.look("orders-quarantine").readerEndpoint())));
    assertThat(here.look("orders-quarantine").endpoint()).startsWith("orders-quarantine.");
  }

  @Test
  void aNameThatIsTakenIsNotOurs() {
    given();
    here.cluster("orders-quarantine");
    assertThat(step().observe()).isInstanceOf(Foreign.class);
    assertThat(step().check().ready()).isFalse();
  }

  @Test
  void aLateAttemptDoesNotRenameTheOneThatTookThePlace() {
    given();
    StepDriver step = step();
    Due due = step.due();
    step.settled();
    instantly(this::anotherTakesTheFormerName);
    instantly(() -> here.remove("orders-1"));
    instantly(() ->
        here.rds()
            .deleteDBCluster(request ->
                request.dbClusterIdentifier("orders-quarantine").skipFinalSnapshot(true)));
    step.apply(due);
    assertThat(here.find("orders")).isPresent();
    assertThat(here.find("orders-quarantine")).isEmpty();
  }

  @Test
  void staysSettledWhenANewOneTakesTheFormerName() {
    given();
    StepDriver step = step();
    step.settled();
    instantly(this::anotherTakesTheFormerName);
    assertThat(step.settled().outputs()).containsEntry("cluster", "orders-quarantine");
  }

  @Test
  void asksWhenThereIsNoCluster() {
    assertThat(step().observe())
        .isEqualTo(new Broken("the DB cluster orders does not exist in us-west-2"));
    assertThat(step().check().ready()).isFalse();
  }

  @Test
  void itsInstancesKeepTheirNamesAndTheirCluster() {
    given();
    step().settled();
    assertThat(here.look("orders-quarantine").dbClusterMembers())
        .extracting(DBClusterMember::dbInstanceIdentifier)
        .containsExactly("orders-1");
  }

  @Test
  void answersToItsOldNameUntilItIsRenamed() {
    given();
    StepDriver step = step();
    step.apply(step.due());
    assertThat(here.look("orders").status()).isEqualTo("renaming");
    assertThat(catchThrowableOfType(ApplicationFailure.class, step::observe).getOriginalMessage())
        .isEqualTo("the DB cluster orders is being renamed");
    step.settled();
    assertThat(here.find("orders")).isEmpty();
  }
}
