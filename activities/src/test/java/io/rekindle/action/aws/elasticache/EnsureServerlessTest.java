package io.rekindle.action.aws.elasticache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.rekindle.action.Failures;
import io.rekindle.action.Observation;
import io.rekindle.action.Observation.Broken;
import io.rekindle.action.Observation.Due;
import io.rekindle.action.Observation.Foreign;
import io.rekindle.action.aws.ActionContract;
import io.rekindle.action.aws.ActionHandler;
import io.rekindle.action.aws.SimulatedAws;
import io.rekindle.action.aws.StepDriver;
import io.rekindle.plan.step.data.Elasticache;
import io.rekindle.simulator.fault.Aim;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.elasticache.ElastiCacheClient;
import software.amazon.awssdk.services.elasticache.model.ServerlessCache;

class EnsureServerlessTest extends ActionContract<Elasticache.EnsureServerless> {
  private static final String CREATE = "CreateServerlessCache";
  private static final String DELETE = "DeleteServerlessCache";

  private final ElastiCacheClient here = in(HERE, ElastiCacheClient::builder);

  @Override
  protected ActionHandler<Elasticache.EnsureServerless> handler() {
    return new EnsureServerless();
  }

  @Override
  protected String with() {
    return named("shop");
  }

  private static String named(String cache) {
    return "{ cache: '%s', engine: 'valkey', engineVersion: '8', userGroup: 'shop',"
            .formatted(cache)
        + " subnets: ['subnet-1', 'subnet-2'], securityGroups: ['sg-1'] }";
  }

  @Override
  protected void world() {}

  /** One that somebody made beforehand. */
  private void made(String name, String engine) {
    instantly(() -> here.createServerlessCache(it -> it.serverlessCacheName(name).engine(engine)));
  }

  private List<ServerlessCache> all() {
    return here.describeServerlessCaches(every -> {}).serverlessCaches();
  }

  private static String why(Observation seen) {
    assertThat(seen).isInstanceOf(Broken.class);
    return ((Broken) seen).why();
  }

  private static String waiting(Runnable asking) {
    ApplicationFailure waiting = catchThrowableOfType(ApplicationFailure.class, asking::run);
    assertThat(waiting.getType()).isEqualTo(Failures.IN_PROGRESS);
    return waiting.getOriginalMessage();
  }

  @Test
  void makesItAsItIsDeclared() {
    step().settled();
    ServerlessCache cache = all().getFirst();
    assertThat(cache.serverlessCacheName()).isEqualTo("shop");
    assertThat(cache.majorEngineVersion()).isEqualTo("8");
    assertThat(cache.userGroupId()).isEqualTo("shop");
    assertThat(cache.subnetIds()).containsExactly("subnet-1", "subnet-2");
    assertThat(cache.securityGroupIds()).containsExactly("sg-1");
  }

  @Test
  void waitsUntilItIsAvailable() {
    StepDriver step = step();
    step.apply(step.due());
    assertThat(waiting(step::observe))
        .isEqualTo("the serverless cache shop in us-west-2 is 'creating'");
    pass(Duration.ofMinutes(10));
    assertThat(step.settled().outputs())
        .containsEntry("cache", "shop")
        .containsEntry("arn", "arn:aws:elasticache:us-west-2:123456789012:serverlesscache:shop")
        .containsEntry("endpoint", "shop-c0example.serverless.us-west-2.cache.amazonaws.com")
        .containsEntry("port", "6379");
  }

  @Test
  void oneThatIsThereIsUsedAndNeverDeleted() {
    made("shop", "valkey");
    StepDriver step = step();
    step.settled();
    step.undo();
    assertThat(changes()).isEmpty();
    assertThat(step.check().evidence())
        .isEqualTo("the serverless cache shop in us-west-2 is 'available' and speaks valkey 8.1");
  }

  @Test
  void oneThatSpeaksAnotherLanguageAsksAPerson() {
    made("shop", "memcached");
    assertThat(why(step().observe())).contains("speaks memcached and should speak valkey");
    assertThat(step().check().ready()).isFalse();
  }

  @Test
  void oneThatCouldNotBeMadeAsksAPersonAndIsTakenAway() {
    endsAs(CREATE, "create-failed");
    StepDriver step = step();
    assertThat(why(step.reconcile())).contains("is 'create-failed'", "quotas", "then retry");
    assertThat(changes()).containsExactly(CREATE);
    step.undo();
    assertThat(all()).isEmpty();
  }

  @Test
  void oneThatIsBeingDeletedIsWaitedForAndMadeAgain() {
    made("shop", "valkey");
    here.deleteServerlessCache(it -> it.serverlessCacheName("shop"));
    assertThat(waiting(() -> step().observe())).contains("is 'deleting'");
    step().settled();
    assertThat(changes()).containsExactly(CREATE);
  }

  /** The cost of a wrong retry is a second one; the name keeps it from being made. */
  @Test
  void whoIsFasterIsNotMadeTwice() {
    StepDriver step = step();
    Due due = step.due();
    SimulatedAws.aws()
        .faults()
        .refuse(
            Aim.at("elasticache", CREATE).times(1),
            400,
            "ServerlessCacheAlreadyExistsFault",
            "exists");
    step.apply(due);
    step.changedAgo(Duration.ofMinutes(5)).settled();
    assertThat(all()).hasSize(1);
  }

  @Test
  void aQuotaIsSaidWithWhatToDo() {
    StepDriver step = step();
    Due due = step.due();
    refuseOnce(CREATE, "ServerlessCacheQuotaForCustomerExceededFault");
    ApplicationFailure refused =
        catchThrowableOfType(ApplicationFailure.class, () -> step.apply(due));
    assertThat(refused.isNonRetryable()).isTrue();
    assertThat(refused.getOriginalMessage()).contains("raise the quota in this Region");
  }

  @Test
  void undoWaitsUntilItIsMadeAndThenUntilItIsGone() {
    StepDriver step = step();
    step.apply(step.due());
    assertThat(waiting(step::undoOnce)).contains("deleting the serverless cache shop");
    assertThat(changes()).containsExactly(CREATE);
    pass(Duration.ofMinutes(10));
    assertThat(waiting(step::undoOnce)).contains("deleting");
    assertThat(changes()).containsExactly(CREATE, DELETE);
    step.undo();
    assertThat(all()).isEmpty();
  }

  @Test
  void oneThatMayHaveServedIsKept() {
    StepDriver step = step();
    step.settled();
    assertThat(step.served().undo())
        .isEqualTo("the serverless cache shop in us-west-2 is kept, because it may have served");
    assertThat(changes()).containsExactly(CREATE);
  }

  @Test
  void aDrillMakesOneOfItsOwnAndTakesItAway() {
    made("shop", "valkey");
    StepDriver drill = step().drill();
    assertThat(drill.settled().outputs()).containsEntry("cache", "drill-a1b2c3-shop");
    drill.undo();
    assertThat(all()).extracting(ServerlessCache::serverlessCacheName).containsExactly("shop");
  }

  @Test
  void aDrillOfALongNameFitsIntoFortyCharacters() {
    StepDriver drill = step(named("the-cache-of-the-shop-with-a-long-name")).drill();
    assertThat(drill.settled().outputs().get("cache"))
        .startsWith("drill-a1b2c3-the-cache-of-the-s")
        .hasSizeLessThanOrEqualTo(40);
  }

  @Test
  void aDrillUsesNobodyElsesCache() {
    made("drill-a1b2c3-shop", "valkey");
    StepDriver drill = step().drill();
    assertThat(drill.observe()).isInstanceOf(Foreign.class);
    drill.undo();
    assertThat(changes()).isEmpty();
  }

  @Test
  void theCheckSaysWhatCreatingNeeds() {
    assertThat(step().check().evidence())
        .contains("does not exist and would be created", "Route 53's control plane in us-east-1");
  }
}
