package io.rekindle.action.aws.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.rekindle.action.Observation;
import io.rekindle.action.Observation.Broken;
import io.rekindle.action.Observation.Due;
import io.rekindle.action.Observation.Foreign;
import io.rekindle.action.Observation.Settled;
import io.rekindle.action.aws.ActionContract;
import io.rekindle.action.aws.ActionHandler;
import io.rekindle.action.aws.StepDriver;
import io.rekindle.plan.step.data.Secrets;
import io.rekindle.plan.step.data.Secrets.SyncFromRds.Change;
import io.temporal.failure.ApplicationFailure;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.Tag;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.ResourceNotFoundException;

class SyncFromRdsTest extends ActionContract<Secrets.SyncFromRds> {
  private static final String FORMER =
      """
      {"host": "orders.us-east-2.example.com", "password": "former", "dbname": "shop", "colour": "blue"}
      """;

  private final SecretsManagerClient secrets = in(HERE, SecretsManagerClient::builder);
  private final RdsClient rds = in(HERE, RdsClient::builder);

  @Override
  protected ActionHandler<Secrets.SyncFromRds> handler() {
    return new SyncFromRds();
  }

  @Override
  protected String with() {
    return "{ secret: 'orders/db', instance: 'orders-a1b2c3' }";
  }

  @Override
  protected void world() {
    instance("orders-a1b2c3");
    secrets.createSecret(request -> request.name("orders/db").secretString(FORMER));
  }

  private void instance(String id, Tag... tags) {
    rds.createDBInstance(request ->
        request
            .dbInstanceIdentifier(id)
            .engine("mysql")
            .dbInstanceClass("db.t3.micro")
            .allocatedStorage(20)
            .masterUsername("admin")
            .masterUserPassword("first-password")
            .tags(tags));
  }

  private String text(String secret) {
    return secrets
        .getSecretValue(request -> request.secretId(secret).versionStage("AWSCURRENT"))
        .secretString();
  }

  private static JsonNode json(String text) {
    try {
      return new JsonMapper().readTree(text);
    } catch (JsonProcessingException unreadable) {
      throw new IllegalArgumentException(text, unreadable);
    }
  }

  /** The same password as before, which changes nothing. */
  @Override
  protected Set<String> repeatable() {
    return Set.of("ModifyDBInstance", "AddTagsToResource");
  }

  @Override
  protected void assertUndone(Due first, Observation after) {
    assertThat(text("orders/db")).isEqualTo(FORMER);
  }

  @Test
  void writesWhereTheDatabaseIsAndKeepsWhatElseIsInTheSecret() {
    given();
    Settled settled = step().settled();
    JsonNode now = json(text("orders/db"));
    assertThat(now.get("host").asText()).startsWith("orders-a1b2c3.");
    assertThat(now.get("port").asInt()).isEqualTo(3306);
    assertThat(now.get("username").asText()).isEqualTo("admin");
    assertThat(now.get("engine").asText()).isEqualTo("mysql");
    assertThat(now.get("dbname").asText()).isEqualTo("shop");
    assertThat(now.get("dbInstanceIdentifier").asText()).isEqualTo("orders-a1b2c3");
    assertThat(now.get("colour").asText()).isEqualTo("blue");
    assertThat(now.get("password").asText()).hasSize(30).isAlphanumeric();
    assertThat(settled.outputs()).containsEntry("secret", "orders/db");
  }

  @Test
  void readersGetTheFormerPasswordUntilTheDatabaseHasTheNewOne() {
    given();
    StepDriver step = step();
    List<String> order = new ArrayList<>();
    while (step.look() instanceof Due due) {
      order.add(due.change());
      step.apply(due);
      if (!due.is(Change.PUBLISH)) {
        assertThat(text("orders/db")).as("after " + due.change()).isEqualTo(FORMER);
      }
    }
    assertThat(order)
        .containsExactly(Change.STAGE.word(), Change.SET.word(), Change.PUBLISH.word());
    assertThat(changes())
        .containsExactly(
            "PutSecretValue", "ModifyDBInstance", "AddTagsToResource", "UpdateSecretVersionStage");
  }

  /** Histories hold these words: what is in progress must stay readable. */
  @Test
  void recordsTheVersionThatReadersGet() {
    given();
    String former = secrets.getSecretValue(request -> request.secretId("orders/db")).versionId();
    StepDriver step = step();
    Due stage = step.due();
    assertThat(stage).isEqualTo(new Due("stage", Map.of("current", former)));
    step.applyPatiently(stage);
    Due set = (Due) step.look();
    assertThat(set).isEqualTo(new Due("set", Map.of()));
    step.applyPatiently(set);
    assertThat(step.look()).isEqualTo(new Due("publish", Map.of("current", former)));
  }

  @Test
  void refusesAChangeThatItDoesNotMake() {
    given();
    StepDriver step = step();
    ApplicationFailure failure =
        catchThrowableOfType(
            ApplicationFailure.class, () -> step.apply(new Due("paint", Map.of())));
    assertThat(failure.isNonRetryable()).isTrue();
    assertThat(failure.getOriginalMessage()).contains("bug: asked for the change paint");
    assertThat(changes()).isEmpty();
  }

  @Test
  void aRepeatedCallFindsTheSamePassword() {
    given();
    StepDriver step = step();
    Due stage = step.due();
    step.apply(stage);
    String staged = staged();
    step().apply(stage);
    assertThat(staged()).isEqualTo(staged);
    step.settled();
    assertThat(text("orders/db")).isEqualTo(staged);
  }

  private String staged() {
    return secrets
        .getSecretValue(request -> request.secretId("orders/db").versionStage("REKINDLE"))
        .secretString();
  }

  @Test
  void neverSaysAPassword() {
    given();
    StepDriver step = step();
    List<String> said = new ArrayList<>();
    for (String operation :
        List.of(
            "PutSecretValue",
            "ModifyDBInstance",
            "AddTagsToResource",
            "UpdateSecretVersionStage")) {
      refuseOnce(operation, "ValidationException");
    }
    while (step.look() instanceof Due due) {
      said.add(due.toString());
      try {
        step.apply(due);
      } catch (ApplicationFailure failure) {
        StringWriter trace = new StringWriter();
        failure.printStackTrace(new PrintWriter(trace));
        said.add(trace.toString());
      }
    }
    said.add(step.settled().toString());
    said.add(step.check().toString());
    String password = json(text("orders/db")).get("password").asText();
    assertThat(said).hasSize(13).noneMatch(text -> text.contains(password));
    assertThat(said).noneMatch(text -> text.contains("former\""));
  }

  @Test
  void saysNothingOfASecretThatIsNotJson() {
    instance("orders-a1b2c3");
    secrets.createSecret(request -> request.name("orders/db").secretString("hunter2 {"));
    StepDriver step = step();
    Due due = step.due();
    ApplicationFailure failure =
        catchThrowableOfType(ApplicationFailure.class, () -> step.apply(due));
    assertThat(failure.isNonRetryable()).isTrue();
    assertThat(failure).hasNoCause();
    assertThat(failure.getOriginalMessage())
        .contains("orders/db", "does not hold a JSON object")
        .doesNotContain("hunter2");
  }

  @Test
  @Disabled("The simulator knows no clusters yet.")
  void setsThePasswordOfAClusterToo() {
    secrets.createSecret(request -> request.name("orders/db").secretString(FORMER));
    rds.createDBCluster(request ->
        request
            .dbClusterIdentifier("orders-a1b2c3")
            .engine("aurora-postgresql")
            .masterUsername("admin")
            .masterUserPassword("first-password"));
    step("{ secret: 'orders/db', cluster: 'orders-a1b2c3', engine: 'postgres' }").settled();
    assertThat(json(text("orders/db")).get("engine").asText()).isEqualTo("postgres");
    assertThat(changes()).contains("ModifyDBCluster");
  }

  @Test
  void aReplicaMustBePromotedFirst() {
    instance("orders-a1b2c3");
    in(THERE, SecretsManagerClient::builder)
        .createSecret(request ->
            request
                .name("orders/db")
                .secretString(FORMER)
                .addReplicaRegions(region -> region.region(HERE)));
    assertThat(step().observe())
        .isInstanceOfSatisfying(
            Broken.class, broken -> assertThat(broken.why()).contains(THERE, "promote it first"));
  }

  @Test
  void asksWhenThereIsNoSecretNoDatabaseOrAnotherUser() {
    assertThat(step().observe())
        .isEqualTo(new Broken("the DB instance orders-a1b2c3 does not exist in " + HERE));
    instance("orders-a1b2c3");
    assertThat(step().observe())
        .isInstanceOfSatisfying(
            Broken.class, broken -> assertThat(broken.why()).contains("orders/db", HERE));
    secrets.createSecret(request -> request.name("orders/db").secretString(FORMER));
    String other = with().replace(" }", ", username: 'root' }");
    assertThat(step(other).observe())
        .isInstanceOfSatisfying(
            Broken.class, broken -> assertThat(broken.why()).contains("admin, not root"));
    assertThat(step(other).check().ready()).isFalse();
  }

  private static Tag tag(String name, String value) {
    return Tag.builder().key("rekindle:" + name).value(value).build();
  }

  /** With a database that the drill has restored. */
  @Override
  protected StepDriver drill() {
    instance(
        "drill-a1b2c3-orders",
        tag("application", "shop"),
        tag("run", "a1b2c3"),
        tag("step", "database"),
        tag("generation", "1"),
        tag("drill", "true"));
    return step("{ secret: 'orders/db', instance: 'drill-a1b2c3-orders' }").drill();
  }

  @Test
  void aDrillWritesASecretOfItsOwnAndDeletesIt() {
    given();
    StepDriver drill = drill();
    assertThat(drill.settled().outputs()).containsEntry("secret", "drill-a1b2c3-orders/db");
    assertThat(json(text("drill-a1b2c3-orders/db")).get("colour").asText()).isEqualTo("blue");
    assertThat(text("orders/db")).isEqualTo(FORMER);
    drill.undo();
    assertThat(
            catchThrowableOfType(
                ResourceNotFoundException.class, () -> text("drill-a1b2c3-orders/db")))
        .isNotNull();
    drill.undo();
  }

  @Test
  void aDrillRefusesADatabaseThatItDidNotRestore() {
    given();
    assertThat(step().drill().observe())
        .isInstanceOfSatisfying(
            Broken.class,
            broken ->
                assertThat(broken.why())
                    .contains("not made by this drill", "may not change its password"));
  }

  @Test
  void aDrillLeavesASecretOfSomebodyElseAlone() {
    given();
    secrets.createSecret(request -> request.name("drill-a1b2c3-orders/db").secretString("{}"));
    StepDriver drill = step().drill();
    assertThat(drill.observe()).isInstanceOf(Foreign.class);
    ApplicationFailure failure =
        catchThrowableOfType(ApplicationFailure.class, () -> drill.undoOnce());
    assertThat(failure.isNonRetryable()).isTrue();
    assertThat(changes()).isEmpty();
  }
}
