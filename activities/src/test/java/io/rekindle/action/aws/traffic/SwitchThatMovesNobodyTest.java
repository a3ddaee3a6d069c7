package io.rekindle.action.aws.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.rekindle.action.Observation.Broken;
import io.rekindle.action.Observation.Due;
import io.rekindle.action.aws.ActionHandler;
import io.rekindle.action.aws.ActionWorld;
import io.rekindle.action.aws.SimulatedAws;
import io.rekindle.action.aws.StepDriver;
import io.rekindle.action.aws.dns.Dns;
import io.rekindle.action.aws.dns.NameServers;
import io.rekindle.action.aws.dns.Route53World;
import io.rekindle.plan.step.traffic.Traffic;
import io.temporal.failure.ApplicationFailure;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.route53.Route53Client;
import software.amazon.awssdk.services.route53.model.HealthCheckConfig;
import software.amazon.awssdk.services.route53.model.HealthCheckType;
import software.amazon.awssdk.services.route53.model.RRType;
import software.amazon.awssdk.services.route53.model.ResourceRecordSetFailover;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * A switch that moves nobody is seen before it is flipped, by look and by check: its health check
 * must be enabled, inverted, and of this very object, which everybody can read.
 */
class SwitchThatMovesNobodyTest extends ActionWorld<Traffic.FlipHealthSwitch> {
  private static final String NAME = "www.example.com";
  private static final String BUCKET = "switches";
  private static final String KEY = "orders";
  private static final String HOST = BUCKET + ".s3.us-west-2.amazonaws.com";

  private final Dns dns = new Dns(NameServers.at(SimulatedAws.aws().dns()));
  private final Route53Client route53 = in("us-east-1", Route53Client::builder);
  private final Route53World zone = new Route53World(route53);
  private final S3Client s3 = in(HERE, S3Client::builder);
  private String check = "";

  @Override
  protected ActionHandler<Traffic.FlipHealthSwitch> handler() {
    return new FlipHealthSwitch(dns);
  }

  @Override
  protected String with() {
    return """
    { bucket: '%s', key: '%s', serve: 'recovery', healthCheck: '%s', record: '%s',
      target: 'recovery.example.com' }\
    """
        .formatted(BUCKET, KEY, check, NAME);
  }

  @Override
  protected void world() {
    s3.createBucket(
        it -> it.bucket(BUCKET).createBucketConfiguration(where -> where.locationConstraint(HERE)));
    s3.putBucketPolicy(it -> it.bucket(BUCKET).policy(HealthSwitchWorld.forEverybody(BUCKET)));
  }

  @BeforeEach
  void aBucket() {
    given();
  }

  private void checked(Consumer<HealthCheckConfig.Builder> otherwise) {
    check =
        route53
            .createHealthCheck(it ->
                it.callerReference("switch")
                    .healthCheckConfig(config ->
                        otherwise.accept(
                            config
                                .type(HealthCheckType.HTTPS)
                                .inverted(true)
                                .fullyQualifiedDomainName(HOST)
                                .resourcePath("/" + KEY))))
            .healthCheck()
            .id();
    zone.put(Route53World.record("recovery.example.com", RRType.A, "198.51.100.1"));
    zone.put(
        Route53World.half(NAME, ResourceRecordSetFailover.PRIMARY, "192.0.2.1").toBuilder()
            .healthCheckId(check)
            .build());
    zone.put(Route53World.half(NAME, ResourceRecordSetFailover.SECONDARY, "198.51.100.1"));
  }

  private void isBroken(String... why) {
    assertThat(step().observe())
        .isInstanceOfSatisfying(Broken.class, broken -> assertThat(broken.why()).contains(why));
    assertThat(step().check().ready()).isFalse();
    assertThat(step().check().evidence()).contains(why);
  }

  @Test
  void aCheckOfAnotherHostMovesNobody() {
    checked(config -> config.fullyQualifiedDomainName("other.s3.us-west-2.amazonaws.com"));
    isBroken(check, "reads other.s3.us-west-2.amazonaws.com/orders", "not the object orders");
  }

  @Test
  void aCheckOfTheSameBucketElsewhereMovesNobody() {
    checked(config -> config.fullyQualifiedDomainName("switches.s3.us-east-2.amazonaws.com"));
    isBroken("reads switches.s3.us-east-2.amazonaws.com/orders", "bucket switches in us-west-2");
  }

  @Test
  void aCheckOfAnotherPathMovesNobody() {
    checked(config -> config.resourcePath("/orders.txt"));
    isBroken("reads " + HOST + "/orders.txt");
  }

  @Test
  void aDisabledCheckMovesNobody() {
    checked(config -> config.disabled(true));
    isBroken("the health check " + check + " is disabled");
  }

  @Test
  void aCheckThatIsNotInvertedMovesNobody() {
    checked(config -> config.inverted(false));
    isBroken("is not an inverted check");
  }

  @Test
  void everyNameOfTheBucketWillDo() {
    checked(config ->
        config
            .fullyQualifiedDomainName("s3.dualstack.us-west-2.amazonaws.com")
            .resourcePath("/switches/orders"));
    assertThat(step().observe()).isInstanceOf(Due.class);
    assertThat(step().check().ready()).isTrue();
  }

  @Test
  void anObjectThatNobodyMayReadMovesNobody() {
    checked(config -> {});
    s3.putPublicAccessBlock(it ->
        it.bucket(BUCKET)
            .publicAccessBlockConfiguration(block -> block.restrictPublicBuckets(true)));
    isBroken("the object orders in bucket switches is nobody's but its owner's");
  }

  @Test
  void whetherSomeMayReadItIsSaidBeforehandAndWhileUsersDoNotMove() {
    checked(config -> {});
    s3.putBucketPolicy(it -> it.bucket(BUCKET).policy(HealthSwitchWorld.forSome(BUCKET)));
    assertThat(step().check().evidence()).contains("is not public");
    StepDriver step = step();
    step.apply(step.due());
    assertThat(catchThrowableOfType(ApplicationFailure.class, step::observe).getOriginalMessage())
        .contains("does not lead to recovery.example.com yet", "; the object orders", "not public");
  }
}
