package io.rekindle.simulator.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.rekindle.simulator.contract.Policy.Statement;
import io.rekindle.simulator.wire.Reply;
import io.rekindle.simulator.wire.Request;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GuardTest {
  private static final Request STOP =
      Wire.form("rds", "StopDBInstance", "DBInstanceIdentifier=orders");
  private final Guard guard = new Guard(request -> Reply.json("{}"));

  private List<String> refused(Request request, String action, String... resources) {
    Policy policy = new Policy(List.of(new Statement(action, List.of(resources))));
    guard.permit(caller -> Optional.of(policy));
    Reply reply = guard.answer(request);
    List<String> refused = guard.refused();
    assertThat(reply.status()).isEqualTo(refused.isEmpty() ? 200 : 403);
    return refused;
  }

  @Test
  void whoHasNoPolicyMayDoEverything() {
    assertThat(guard.answer(STOP).succeeded()).isTrue();
    assertThat(guard.refused()).isEmpty();
  }

  @Test
  void whatIsPermittedIsDone() {
    String instances = "arn:aws:rds:us-west-2:123456789012:db:";
    assertThat(refused(STOP, "rds:StopDBInstance", instances + "orders")).isEmpty();
    assertThat(refused(STOP, "rds:StopDBInstance", instances + "ord*")).isEmpty();
    assertThat(refused(STOP, "rds:StopDBInstance", instances + "order?")).isEmpty();
    assertThat(
            refused(
                Wire.route53("GetHostedZone", "/2013-04-01/hostedzone/Z1"),
                "route53:GetHostedZone",
                "arn:aws:route53:::hostedzone/Z1"))
        .isEmpty();
  }

  @Test
  void anotherActionIsRefused() {
    assertThat(refused(STOP, "rds:StartDBInstance", "*"))
        .containsExactly(
            "rds StopDBInstance needs rds:StopDBInstance on"
                + " arn:aws:rds:us-west-2:123456789012:db:orders, which the step does not"
                + " declare.");
  }

  @Test
  void anotherResourceIsRefused() {
    assertThat(
            refused(STOP, "rds:StopDBInstance", "arn:aws:rds:us-west-2:123456789012:db:orders-dr"))
        .singleElement()
        .asString()
        .contains("db:orders, which");
  }

  @Test
  void allIsAskedForWhereAllIsLookedAt() {
    Request all = Wire.form("rds", "DescribeDBInstances", "");
    String instances = "arn:aws:rds:us-west-2:123456789012:db:";
    assertThat(refused(all, "rds:DescribeDBInstances", instances + "*")).isEmpty();
    assertThat(refused(all, "rds:DescribeDBInstances", instances + "orders")).hasSize(1);
  }

  @Test
  void whatNobodyWroteDownTheNeedsOfIsRefused() {
    assertThat(refused(Wire.form("rds", "CreateDBCluster", ""), "rds:CreateDBCluster", "*"))
        .singleElement()
        .asString()
        .contains("accesses.txt");
  }

  @Test
  void whatTheEmulatorRefusesIsTold() {
    Guard strict = new Guard(request -> Wire.refused(403, request.header(Guard.POLICY).orElse("")));
    strict.permit(caller ->
        Optional.of(new Policy(List.of(new Statement("rds:StopDBInstance", List.of("*"))))));
    strict.answer(STOP);
    assertThat(strict.refused()).singleElement().asString().contains("rds:StopDBInstance");
  }
}
