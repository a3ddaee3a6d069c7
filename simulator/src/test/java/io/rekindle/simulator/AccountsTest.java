package io.rekindle.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.rekindle.plan.PlanReader;
import io.rekindle.simulator.wire.Callers;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.backup.BackupClient;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ActionTypeEnum;

class AccountsTest {
  private static final Simulator SIMULATOR = Simulators.withDatabases();
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private final Aws frankfurt = Aws.of(SIMULATOR, Callers.EXAMPLE_ACCOUNT).in(Region.EU_CENTRAL_1);
  private final Seeded accounts = SIMULATOR.seed(Example.PILOT_LIGHT_SERVICE);

  @AfterEach
  void reset() {
    accounts.close();
    SIMULATOR.reset();
  }

  @AfterAll
  static void stop() {
    HTTP.close();
  }

  @Test
  void usersReachTheRegionThatServes() throws Exception {
    URI everybody = accounts.site().everybody().http();
    assertThat(get(everybody, "/health")).startsWith("eu-west-1 keeps 17 accounts");
    assertThat(get(everybody, "/")).startsWith("eu-west-1 keeps 18 accounts");
    assertThat(get(accounts.site().recovery().http(), "/health"))
        .startsWith("the door of eu-central-1 is shut");
  }

  @Test
  void thePilotLightServesItsOwnDatabaseOnceItsDoorIsOpenAndItsTasksRun() throws Exception {
    URI pilot = accounts.site().recovery().http();
    open();
    assertThat(get(pilot, "/health")).startsWith("nothing runs in eu-central-1");
    frankfurt
        .client(EcsClient.builder())
        .updateService(it -> it.cluster("accounts-dr").service("accounts").desiredCount(1));
    assertThat(get(pilot, "/health")).startsWith("eu-central-1 keeps 0 accounts");
  }

  @Test
  void itsVaultHoldsACopyOfTheDatabaseInTheOtherRegion() {
    assertThat(
            frankfurt
                .client(BackupClient.builder())
                .listRecoveryPointsByBackupVault(it -> it.backupVaultName("accounts-dr"))
                .recoveryPoints())
        .singleElement()
        .satisfies(point ->
            assertThat(point.resourceArn())
                .isEqualTo("arn:aws:rds:eu-west-1:123456789012:db:accounts-db"));
  }

  @Test
  void theExamplesPlanIsValidAndNamesOnlyThisMachine() throws Exception {
    String plan =
        accounts.plan().of(Files.readString(Path.of("../examples/pilot-light-service.yaml")));
    assertThat(PlanReader.read("pilot-light-service.yaml", plan).problems()).isEmpty();
    assertThat(plan)
        .contains(
            accounts.site().recovery().https() + "/health\", name: accounts.example.com",
            accounts.site().primary().https() + "/health\", name: accounts.example.com",
            "host: 127.0.0.1, port: " + accounts.site().recovery().https().getPort(),
            "listener: \"" + accounts.world().recovery().values().get("listener"))
        .doesNotContain("https://a", "https://$", "sg-0f25d8b3a6c9e1740", "6b1f0d93c2e84a75");
  }

  private void open() {
    frankfurt
        .client(ElasticLoadBalancingV2Client.builder())
        .modifyListener(it ->
            it.listenerArn(accounts.world().recovery().values().get("listener"))
                .defaultActions(action ->
                    action
                        .type(ActionTypeEnum.FORWARD)
                        .targetGroupArn(accounts.world().recovery().values().get("targetGroup"))));
  }

  private static String get(URI site, String path) throws Exception {
    return HTTP.send(HttpRequest.newBuilder(site.resolve(path)).build(), BodyHandlers.ofString())
        .body();
  }
}
