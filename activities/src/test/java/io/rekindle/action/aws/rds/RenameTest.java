package io.rekindle.action.aws.rds;

import static org.assertj.core.api.Assertions.assertThat;

import io.rekindle.action.Observation.Broken;
import io.rekindle.action.Observation.Due;
import io.rekindle.action.Observation.Foreign;
import io.rekindle.action.Observation.Settled;
import io.rekindle.action.aws.ActionContract;
import io.rekindle.action.aws.ActionHandler;
import io.rekindle.action.aws.StepDriver;
import io.rekindle.plan.step.data.Rds;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.rds.RdsClient;

class RenameTest extends ActionContract<Rds.Rename> {
  private final RdsWorld here = new RdsWorld(in(HERE, RdsClient::builder));

  @Override
  protected ActionHandler<Rds.Rename> handler() {
    return new Rename();
  }

  @Override
  protected String with() {
    return "{ instance: 'orders', to: 'orders-quarantine' }";
  }

  @Override
  protected void world() {
    here.instance("orders");
  }

  private void anotherTakesTheFormerName() {
    here.instance("billing");
    here.rds()
        .modifyDBInstance(request ->
            request
                .dbInstanceIdentifier("billing")
                .newDBInstanceIdentifier("orders")
                .applyImmediately(true));
  }

  /** Histories hold these words: what is in progress must stay readable. */
  @Test
  void recordsWhoHadTheFormerName() {
    given();
    assertThat(step().due())
        .isEqualTo(new Due("rename", Map.of("resourceId", here.look("orders").dbiResourceId())));
  }

  @Test
  void saysTheNewNameAndItsHost() {
    given();
    Settled settled = step().settled();
    assertThat(settled)
        .isEqualTo(
            new Settled(
                Map.of(
                    "instance",
                    "orders-quarantine",
                    "endpoint",
                    here.look("orders-quarantine").endpoint().address())));
  }

  @Test
  void aNameThatIsTakenIsNotOurs() {
    given();
    here.instance("orders-quarantine");
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
    instantly(() ->
        here.rds()
            .deleteDBInstance(request ->
                request.dbInstanceIdentifier("orders-quarantine").skipFinalSnapshot(true)));
    step.apply(due);
    assertThat(here.has("orders")).isTrue();
    assertThat(here.has("orders-quarantine")).isFalse();
  }

  @Test
  void staysSettledWhenANewOneTakesTheFormerName() {
    given();
    StepDriver step = step();
    step.settled();
    instantly(this::anotherTakesTheFormerName);
    assertThat(step.settled().outputs()).containsEntry("instance", "orders-quarantine");
  }

  @Test
  void asksWhenThereIsNoInstance() {
    assertThat(step().observe())
        .isEqualTo(new Broken("the DB instance orders does not exist in us-west-2"));
    assertThat(step().check().ready()).isFalse();
  }
}
