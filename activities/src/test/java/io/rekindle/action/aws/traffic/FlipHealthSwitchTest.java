package io.rekindle.action.aws.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.rekindle.action.Failures;
import io.rekindle.action.Observation.Due;
import io.rekindle.action.Observation.Settled;
import io.rekindle.action.aws.ActionContract;
import io.rekindle.action.aws.ActionHandler;
import io.rekindle.action.aws.SimulatedAws;
import io.rekindle.action.aws.StepDriver;
import io.rekindle.action.aws.dns.Dns;
import io.rekindle.action.aws.dns.NameServers;
import io.rekindle.action.aws.dns.Route53World;
import io.rekindle.plan.step.traffic.Traffic;
import io.rekindle.simulator.Call;
import io.rekindle.simulator.dns.NameServer.Silence;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.route53.Route53Client;
import software.amazon.awssdk.services.route53.model.HealthCheckType;
import software.amazon.awssdk.services.route53.model.RRType;
import software.amazon.awssdk.services.route53.model.ResourceRecordSetFailover;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

class FlipHealthSwitchTest extends ActionContract<Traffic.FlipHealthSwitch> {
  private static final String NAME = "www.example.com";
  private static final String BUCKET = "switches";
  private static final String KEY = "orders";
  private static final String HERE_ADDRESS = "198.51.100.1";
  private static final String THERE_ADDRESS = "192.0.2.1";

  private final Dns dns = new Dns(NameServers.at(SimulatedAws.aws().dns()));
  private final Route53Client route53 = in("us-east-1", Route53Client::builder);
  private final Route53World zone = new Route53World(route53);
  private final S3Client s3 = in(HERE, S3Client::builder);
  private String check = "11111111-2222-3333-4444-555555555555";

  @Override
  protected ActionHandler<Traffic.FlipHealthSwitch> handler() {
    return new FlipHealthSwitch(dns);
  }

  @Override
  protected String with() {
    return with("recovery", "recovery.example.com");
  }

  private String with(String serve, String target) {
    return """
    { bucket: '%s', key: '%s', serve: '%s', healthCheck: '%s', record: '%s', target: '%s' }\
    """
        .formatted(BUCKET, KEY, serve, check, NAME, target);
  }

  @Override
  protected void world() {
    s3.createBucket(
        it -> it.bucket(BUCKET).createBucketConfiguration(where -> where.locationConstraint(HERE)));
    s3.putBucketPolicy(it -> it.bucket(BUCKET).policy(HealthSwitchWorld.forEverybody(BUCKET)));
    check = healthCheck(true);
    zone.put(Route53World.record("recovery.example.com", RRType.A, HERE_ADDRESS));
    zone.put(Route53World.record("primary.example.com", RRType.A, THERE_ADDRESS));
    zone.put(
        Route53World.half(NAME, ResourceRecordSetFailover.PRIMARY, THERE_ADDRESS).toBuilder()
            .healthCheckId(check)
            .build());
    zone.put(Route53World.half(NAME, ResourceRecordSetFailover.SECONDARY, HERE_ADDRESS));
  }

  private String healthCheck(boolean inverted) {
    return route53
        .createHealthCheck(it ->
            it.callerReference("switch" + inverted)
                .healthCheckConfig(config ->
                    config
                        .type(HealthCheckType.HTTPS)
                        .inverted(inverted)
                        .fullyQualifiedDomainName(BUCKET + ".s3.us-west-2.amazonaws.com")
                        .resourcePath("/" + KEY)))
        .healthCheck()
        .id();
  }

  @Test
  void theObjectMovesUsersAndItsRemovalMovesThemBack() {
    given();
    assertThat(former(step())).isEqualTo(THERE_ADDRESS);
    assertThat(isThere()).isTrue();
    assertThat(dns.authoritative(NAME, "A").getFirst().values()).containsExactly(HERE_ADDRESS);
    assertThat(former(step(with("primary", "primary.example.com")))).isEqualTo(HERE_ADDRESS);
    assertThat(isThere()).isFalse();
    assertThat(dns.authoritative(NAME, "A").getFirst().values()).containsExactly(THERE_ADDRESS);
  }

  /** Open runs hold it in these words. */
  @Test
  void whatWasBeforeIsInHistory() {
    given();
    assertThat(step().due())
        .isEqualTo(
            new Due(
                "flip",
                Map.of(
                    "object",
                    "false",
                    "answered",
                    THERE_ADDRESS,
                    "ttl",
                    "1m",
                    "notices",
                    "1m30s",
                    "unasked",
                    "")));
  }

  @Test
  void onceItIsFlippedNoControlPlaneIsAsked() {
    given();
    StepDriver step = step();
    step.apply(step.due());
    int before = SimulatedAws.aws().calls().size();
    step.settled();
    assertThat(SimulatedAws.aws().calls().subList(before, SimulatedAws.aws().calls().size()))
        .filteredOn(call -> !call.caller().run().isEmpty())
        .extracting(Call::service)
        .containsOnly("s3");
  }

  @Test
  void aControlPlaneThatDoesNotAnswerHoldsNothingUpAndIsSaid() {
    given();
    SimulatedAws.aws().faults().dark("us-east-1");
    assertThat(step().check().ready()).isFalse();
    Settled settled = step().settled();
    assertThat(settled.outputs().get("seen")).contains("was not seen", check);
    assertThat(isThere()).isTrue();
  }

  @Test
  void waitsUntilCheckersSeeTheObject() {
    given();
    SimulatedAws.aws().healthChecks().see(check, () -> false);
    StepDriver step = step();
    step.apply(step.due());
    ApplicationFailure waiting = catchThrowableOfType(ApplicationFailure.class, step::observe);
    assertThat(waiting.getType()).isEqualTo(Failures.IN_PROGRESS);
    assertThat(waiting.getOriginalMessage()).contains(NAME, THERE_ADDRESS);
    SimulatedAws.aws().healthChecks().see(check, () -> true);
    step.settled();
  }

  @Test
  void waitsAsLongAsUsersMayRememberTheFormerAnswer() {
    given();
    StepDriver step = unhurried();
    step.apply(step.due());
    step.changedAgo(Duration.ofSeconds(130));
    ApplicationFailure waiting = catchThrowableOfType(ApplicationFailure.class, step::observe);
    assertThat(waiting.getOriginalMessage()).contains("caches may keep the former answer until");
    step.changedAgo(Duration.ofSeconds(155)).settled();
  }

  @Test
  void aLookThatIsAskedForLaterWaitsNoLonger() {
    given();
    StepDriver step = unhurried();
    step.apply(step.due());
    step.changedAgo(Duration.ofSeconds(155)).after(Duration.ofHours(1));
    assertThat(step.observe()).isInstanceOf(Settled.class);
  }

  @Test
  void aLongTtlIsWaitedFor() {
    given();
    zone.put(
        Route53World.half(NAME, ResourceRecordSetFailover.PRIMARY, THERE_ADDRESS).toBuilder()
            .healthCheckId(check)
            .ttl(300L)
            .build());
    StepDriver step = unhurried();
    step.apply(step.due());
    step.changedAgo(Duration.ofSeconds(380));
    assertThat(catchThrowableOfType(ApplicationFailure.class, step::observe).getOriginalMessage())
        .contains("caches may keep the former answer until");
    assertThat(step.changedAgo(Duration.ofSeconds(395)).observe()).isInstanceOf(Settled.class);
  }

  @Test
  void behindAClosedPortTheResolverDecidesAndWhoWasSilentIsSaid() {
    given();
    SimulatedAws.aws().nameServer().fallSilent(Silence.AUTHORITIES);
    assertThat(step().settled().outputs().get("seen"))
        .contains("answers nothing in time; the resolver at ", HERE_ADDRESS);
  }

  @Test
  void whatIsFlippedAlreadyIsLeftAloneForGood() {
    given();
    s3.putObject(it -> it.bucket(BUCKET).key(KEY), RequestBody.fromString("by hand"));
    StepDriver step = step();
    step.settled();
    step.undo();
    assertThat(changes()).isEmpty();
    assertThat(isThere()).isTrue();
  }

  @Test
  void undoPutsARemovedObjectBack() {
    given();
    step().settled();
    StepDriver back = step(with("primary", "primary.example.com"));
    back.settled();
    back.undo();
    assertThat(isThere()).isTrue();
  }

  @Test
  void isNotReadyWhenTheHealthCheckIsNotInverted() {
    given();
    check = healthCheck(false);
    assertThat(step().check().evidence()).contains("is not an inverted check", check);
  }

  @Test
  void isNotReadyWithoutBucketOrHealthCheck() {
    assertThat(step().check().evidence()).contains("the bucket switches does not exist");
    given();
    check = "11111111-2222-3333-4444-555555555555";
    assertThat(step().check().evidence()).contains("the health check " + check + " does not exist");
  }

  private static String former(StepDriver step) {
    Settled settled = step.settled();
    assertThat(settled.outputs()).containsEntry("record", NAME);
    return String.valueOf(settled.outputs().get("formerValue"));
  }

  private boolean isThere() {
    try {
      s3.headObject(it -> it.bucket(BUCKET).key(KEY));
      return true;
    } catch (NoSuchKeyException none) {
      return false;
    }
  }
}
