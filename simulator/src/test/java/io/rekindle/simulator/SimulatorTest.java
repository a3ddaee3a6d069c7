package io.rekindle.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.ApiName;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.route53.Route53Client;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sts.StsClient;

class SimulatorTest {
  private static final Simulator SIMULATOR = Simulators.plain();
  private static final String ROLE = "arn:aws:iam::210987654321:role/recovery";

  @Test
  void whatTheEmulatorKnowsIsPassedOnToIt() {
    SnsClient sns = Aws.of(SIMULATOR, "100000000001").client(SnsClient.builder());
    assertThat(sns.createTopic(topic -> topic.name("incidents")).topicArn())
        .isEqualTo("arn:aws:sns:us-east-2:100000000001:incidents");
  }

  @Test
  void anAccessKeyOfTwelveDigitsIsAnAccountOfItsOwn() {
    Aws.of(SIMULATOR, "100000000002")
        .client(SnsClient.builder())
        .createTopic(topic -> topic.name("incidents"));
    assertThat(Aws.of(SIMULATOR, "100000000003").client(SnsClient.builder()).listTopics().topics())
        .isEmpty();
  }

  @Test
  void anObjectComesBackAsItWasSent() {
    S3Client s3 = Aws.of(SIMULATOR, "100000000004").in(Region.US_EAST_1).client(S3Client.builder());
    s3.createBucket(bucket -> bucket.bucket("templates"));
    s3.putObject(
        object -> object.bucket("templates").key("a folder/app.yaml"),
        RequestBody.fromString("Resources: {}"));
    assertThat(
            s3.getObjectAsBytes(object -> object.bucket("templates").key("a folder/app.yaml"))
                .asUtf8String())
        .isEqualTo("Resources: {}");
  }

  @Test
  void everyCallIsOnRecordWithRegionAndStep() {
    RdsClient rds = Aws.of(SIMULATOR, "100000000005").client(RdsClient.builder());
    rds.describeDBInstances(request ->
        request.overrideConfiguration(as ->
            as.addApiName(
                ApiName.builder().name("rekindle").version("0a1b2c.fence-database").build())));
    assertThat(ofAccount("100000000005"))
        .singleElement()
        .satisfies(call -> {
          assertThat(call.service()).isEqualTo("rds");
          assertThat(call.operation()).isEqualTo("DescribeDBInstances");
          assertThat(call.region()).isEqualTo("us-east-2");
          assertThat(call.caller().run()).isEqualTo("0a1b2c");
          assertThat(call.caller().step()).isEqualTo("fence-database");
          assertThat(call.isDone()).isTrue();
        });
  }

  @Test
  void anAssumedRoleIsKnownByItsArnAndActsInItsAccount() {
    String key =
        Aws.of(SIMULATOR, "100000000006")
            .client(StsClient.builder())
            .assumeRole(role -> role.roleArn(ROLE).roleSessionName("rekindle"))
            .credentials()
            .accessKeyId();
    Aws assumed = Aws.of(SIMULATOR, key);
    assertThat(assumed.client(StsClient.builder()).getCallerIdentity().account())
        .isEqualTo("210987654321");
    assertThat(SIMULATOR.calls())
        .filteredOn(call -> call.is("sts", "GetCallerIdentity"))
        .extracting(call -> call.caller().role())
        .containsExactly(ROLE);
  }

  /** The emulator's own judgement, which the guard before it asks for. */
  @Test
  void theEmulatorRefusesWhatAPolicyDoesNotPermit() {
    SnsClient sns = Aws.of(SIMULATOR, "100000000008").client(SnsClient.builder());
    String permitsTopics =
        """
        {"Version": "2012-10-17", "Statement":\
         [{"Effect": "Allow", "Action": ["sns:CreateTopic"], "Resource": "*"}]}\
        """;
    Consumer<AwsRequestOverrideConfiguration.Builder> declared =
        as -> as.putHeader("x-declared-policy", permitsTopics);
    sns.createTopic(topic -> topic.name("incidents").overrideConfiguration(declared));
    assertThatThrownBy(() -> sns.listTopics(all -> all.overrideConfiguration(declared)))
        .isInstanceOfSatisfying(
            AwsServiceException.class, refused -> assertThat(refused.statusCode()).isEqualTo(403));
    assertThat(sns.listTopics().topics()).hasSize(1);
  }

  @Test
  void whatNobodyIsKnownToDoRightIsRefusedAsTheServiceWould() {
    Aws aws = Aws.of(SIMULATOR, "100000000007");
    RdsClient rds = aws.client(RdsClient.builder());
    EcsClient ecs = aws.client(EcsClient.builder());
    Ec2Client ec2 = aws.client(Ec2Client.builder());
    Route53Client route53 = aws.in(Region.AWS_GLOBAL).client(Route53Client.builder());
    S3Client s3 = aws.client(S3Client.builder());
    assertNotSimulated(() -> rds.describeDBProxies(all -> {}));
    assertNotSimulated(() -> ecs.listAttributes(all -> all.targetType("container-instance")));
    assertNotSimulated(() -> ec2.describeInstances());
    assertNotSimulated(() -> route53.listTrafficPolicies());
    assertNotSimulated(() -> s3.getBucketWebsite(bucket -> bucket.bucket("b")));
  }

  private static void assertNotSimulated(Runnable asking) {
    assertThatThrownBy(asking::run)
        .isInstanceOfSatisfying(
            AwsServiceException.class,
            refused -> {
              assertThat(refused.statusCode()).isEqualTo(501);
              assertThat(refused.awsErrorDetails().errorCode()).isEqualTo("NotSimulated");
              assertThat(refused.getMessage()).contains("known-good.txt");
            });
  }

  static java.util.List<Call> ofAccount(String account) {
    return SIMULATOR.calls().stream()
        .filter(call -> call.caller().account().equals(account))
        .toList();
  }
}
