package io.rekindle.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rekindle.simulator.fault.Aim;
import io.rekindle.simulator.fault.Effect;
import io.rekindle.simulator.fault.Fault;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.ApiName;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.route53.Route53Client;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sns.SnsClient;

class FaultsTest {
  private static final Simulator SIMULATOR = Simulators.plain();
  private static final Aws AWS = Aws.of(SIMULATOR, "200000000001");
  private final RdsClient rds = AWS.client(RdsClient.builder());
  private final SnsClient sns = AWS.client(SnsClient.builder());

  @BeforeEach
  @AfterEach
  void clear() {
    SIMULATOR.reset();
  }

  @Test
  void throttlesOnlyAsManyCallsAsItIsTold() {
    Fault fault = SIMULATOR.faults().throttle(Aim.at("rds", "DescribeDBInstances").times(2));
    assertRefused("Throttling", rds::describeDBInstances);
    rds.describeDBSubnetGroups();
    assertRefused("Throttling", rds::describeDBInstances);
    assertThat(rds.describeDBInstances().dbInstances()).isEmpty();
    assertThat(fault.hits()).isEqualTo(2);
  }

  @Test
  void showsAChangeOnlyAWhileAfterIt() {
    SIMULATOR.faults().lag(Duration.ofHours(1));
    assertThat(rds.describeDBParameterGroups().dbParameterGroups()).isEmpty();
    rds.createDBParameterGroup(it ->
        it.dbParameterGroupName("late").dbParameterGroupFamily("mysql8.0").description("late"));
    assertThat(rds.describeDBParameterGroups().dbParameterGroups()).isEmpty();
    assertThat(sns.listTopics().topics()).as("what was not asked before").isEmpty();
    SIMULATOR.faults().lag(Duration.ZERO);
    assertThat(rds.describeDBParameterGroups().dbParameterGroups()).hasSize(1);
  }

  @Test
  void sparesTheFirstCallsThatItIsToldToSpare() {
    SIMULATOR.faults().unavailable(Aim.at("rds").after(1).once());
    rds.describeDBInstances();
    assertRefused("ServiceUnavailable", rds::describeDBInstances);
    rds.describeDBInstances();
  }

  @Test
  void hitsOneStepOfAPlanAndNoOther() {
    SIMULATOR.faults().throttle(Aim.anything().ofStep("database"));
    describeFor("data");
    assertRefused("Throttling", () -> describeFor("database"));
  }

  @Test
  void hitsOneAccountAndNoOther() {
    SIMULATOR.faults().throttle(Aim.anything().ofAccount("200000000002"));
    rds.describeDBInstances();
    assertRefused(
        "Throttling",
        () -> Aws.of(SIMULATOR, "200000000002").client(RdsClient.builder()).describeDBInstances());
  }

  @Test
  void stopsByItselfAfterItsTime() throws InterruptedException {
    SIMULATOR.faults().throttle(Aim.at("rds").lasting(Duration.ofMillis(300)));
    assertRefused("Throttling", rds::describeDBInstances);
    Thread.sleep(350);
    rds.describeDBInstances();
  }

  @Test
  void everyServiceThrottlesInItsOwnShape() {
    SIMULATOR.faults().throttle(Aim.anything());
    assertAllRefuse(refused -> assertThat(refused.isThrottlingException()).isTrue());
  }

  @Test
  void everyServiceIsUnavailableInItsOwnShape() {
    SIMULATOR.faults().unavailable(Aim.anything());
    assertAllRefuse(refused -> assertThat(refused.statusCode()).isEqualTo(503));
  }

  @Test
  void everyServiceRefusesExpiredCredentialsInItsOwnShape() {
    SIMULATOR.faults().expireCredentials(Aim.anything());
    assertAllRefuse(
        refused -> assertThat(refused.awsErrorDetails().errorCode()).contains("Expired"));
  }

  @Test
  void refusesWithAnyWords() {
    SIMULATOR
        .faults()
        .refuse(Aim.at("rds").once(), 404, "DBInstanceNotFound", "No such instance here.");
    assertRefused("DBInstanceNotFound", rds::describeDBInstances);
  }

  @Test
  void expiresCredentialsOnce() {
    SIMULATOR.faults().expireCredentials(Aim.anything().once());
    assertRefused("ExpiredToken", rds::describeDBInstances);
    rds.describeDBInstances();
  }

  @Test
  void aCutConnectionDoesNothing() {
    SIMULATOR.faults().cut(Aim.at("sns", "CreateTopic").once());
    assertThatThrownBy(() -> sns.createTopic(topic -> topic.name("lost")))
        .isInstanceOf(SdkClientException.class);
    assertThat(sns.listTopics().topics()).isEmpty();
    assertThat(SIMULATOR.calls())
        .filteredOn(Call::isDone)
        .extracting(Call::operation)
        .containsExactly("ListTopics");
  }

  @Test
  void aLostAnswerHasChangedSomething() {
    SIMULATOR.faults().loseAnswer(Aim.at("sns", "CreateTopic").once());
    assertThatThrownBy(() -> sns.createTopic(topic -> topic.name("made")))
        .isInstanceOf(SdkClientException.class);
    assertThat(sns.listTopics().topics()).hasSize(1);
    assertThat(SIMULATOR.calls().getFirst())
        .satisfies(call -> {
          assertThat(call.isDone()).isTrue();
          assertThat(call.fault()).isEqualTo(Effect.ANSWER_LOST);
        });
  }

  @Test
  void aDarkRegionHangsAndChangesNothingWhileTheOtherGoesOn() {
    Fault dark = SIMULATOR.faults().dark("us-east-2");
    Instant asked = Instant.now();
    assertThatThrownBy(() -> patientFor(Duration.ofMillis(700)))
        .isInstanceOf(ApiCallAttemptTimeoutException.class);
    assertThat(Duration.between(asked, Instant.now())).isGreaterThan(Duration.ofMillis(600));
    AWS.in(Aws.WEST).client(RdsClient.builder()).describeDBInstances();
    dark.end();
    assertThat(sns.listTopics().topics()).isEmpty();
  }

  @Test
  void oneServiceOfARegionCanHangAlone() {
    SIMULATOR.faults().hang(Aim.at("sns").in("us-east-2"));
    assertThatThrownBy(() -> patientFor(Duration.ofMillis(700)))
        .isInstanceOf(ApiCallAttemptTimeoutException.class);
    rds.describeDBInstances();
  }

  private void patientFor(Duration time) {
    sns.createTopic(
        topic -> topic.name("late").overrideConfiguration(as -> as.apiCallAttemptTimeout(time)));
  }

  private void describeFor(String step) {
    ApiName name = ApiName.builder().name("rekindle").version("0a1b2c." + step).build();
    rds.describeDBInstances(asked -> asked.overrideConfiguration(as -> as.addApiName(name)));
  }

  private static void assertRefused(String code, Runnable asking) {
    assertThatThrownBy(asking::run)
        .isInstanceOfSatisfying(
            AwsServiceException.class,
            refused -> assertThat(refused.awsErrorDetails().errorCode()).isEqualTo(code));
  }

  private void assertAllRefuse(Consumer<AwsServiceException> check) {
    S3Client s3 = AWS.client(S3Client.builder());
    Route53Client route53 = AWS.in(Region.AWS_GLOBAL).client(Route53Client.builder());
    EcsClient ecs = AWS.client(EcsClient.builder());
    Ec2Client ec2 = AWS.client(Ec2Client.builder());
    List<Runnable> all =
        List.of(
            rds::describeDBInstances,
            ecs::describeClusters,
            ec2::describeVpcs,
            s3::listBuckets,
            route53::listHostedZones);
    assertThat(all)
        .allSatisfy(asking ->
            assertThatThrownBy(asking::run)
                .isInstanceOfSatisfying(AwsServiceException.class, check));
  }
}
