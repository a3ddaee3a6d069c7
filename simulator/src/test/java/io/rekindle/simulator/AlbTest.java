package io.rekindle.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.acm.AcmClient;
import software.amazon.awssdk.services.acm.model.CertificateStatus;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Subnet;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Action;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ActionTypeEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateListenerRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ProtocolEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetTypeEnum;

class AlbTest {
  private static final Simulator SIMULATOR = Simulators.plain();
  private static final Duration TIME = Duration.ofMinutes(1);
  private static int account;
  private final Aws aws = Aws.of(SIMULATOR, "5100000000" + (10 + account++));
  private final ElasticLoadBalancingV2Client balancers =
      aws.client(ElasticLoadBalancingV2Client.builder());
  private final AcmClient acm = aws.client(AcmClient.builder());
  private final List<Subnet> subnets = aws.client(Ec2Client.builder()).describeSubnets().subnets();
  private String balancer = "";
  private String group = "";

  @BeforeEach
  void aLoadBalancerAndAGroupWithATarget() {
    SIMULATOR.tempo().forget();
    SIMULATOR.tempo().lasts("CreateListener", TIME);
    SIMULATOR.tempo().lasts("ModifyListener", TIME);
    SIMULATOR.tempo().lasts("CreateRule", TIME);
    balancer = balancer("shop");
    group = group("web");
  }

  private String balancer(String name) {
    return balancers
        .createLoadBalancer(
            it -> it.name(name).subnets(subnets.get(0).subnetId(), subnets.get(1).subnetId()))
        .loadBalancers()
        .getFirst()
        .loadBalancerArn();
  }

  private String group(String name) {
    String made =
        balancers
            .createTargetGroup(it ->
                it.name(name)
                    .protocol("HTTP")
                    .port(80)
                    .vpcId(subnets.getFirst().vpcId())
                    .targetType(TargetTypeEnum.IP))
            .targetGroups()
            .getFirst()
            .targetGroupArn();
    balancers.registerTargets(it -> it.targetGroupArn(made).targets(one -> one.id("10.0.0.10")));
    return made;
  }

  private static Action closed() {
    return Action.builder()
        .type(ActionTypeEnum.FIXED_RESPONSE)
        .fixedResponseConfig(answer -> answer.statusCode("503"))
        .build();
  }

  private static Action forward(String group) {
    return Action.builder().type(ActionTypeEnum.FORWARD).targetGroupArn(group).build();
  }

  private String listener(Action... actions) {
    return listener(it -> it.protocol(ProtocolEnum.HTTP).port(80), actions);
  }

  private String listener(Consumer<CreateListenerRequest.Builder> how, Action... actions) {
    return balancers
        .createListener(it -> {
          it.loadBalancerArn(balancer).defaultActions(actions);
          how.accept(it);
        })
        .listeners()
        .getFirst()
        .listenerArn();
  }

  private static void refuses(String code, ThrowingCallable call) {
    AwsServiceException refused = catchThrowableOfType(AwsServiceException.class, call);
    assertThat(refused.awsErrorDetails().errorCode()).isEqualTo(code);
  }

  private String health() {
    return balancers
        .describeTargetHealth(it -> it.targetGroupArn(group))
        .targetHealthDescriptions()
        .getFirst()
        .targetHealth()
        .stateAsString();
  }

  @Test
  void nobodyChecksTargetsUntilAListenerForwardsToThem() {
    String listener = listener(closed());
    assertThat(health()).isEqualTo("unused");
    balancers.modifyListener(it -> it.listenerArn(listener).defaultActions(forward(group)));
    assertThat(health()).isEqualTo("initial");
    SIMULATOR.tempo().pass(TIME);
    assertThat(health()).isEqualTo("healthy");
    balancers.deleteListener(it -> it.listenerArn(listener));
    assertThat(health()).isEqualTo("unused");
  }

  @Test
  void aRuleMakesTargetsUsedToo() {
    String listener = listener(closed());
    String rule =
        balancers
            .createRule(it ->
                it.listenerArn(listener)
                    .priority(1)
                    .conditions(one -> one.field("path-pattern").values("/api/*"))
                    .actions(forward(group)))
            .rules()
            .getFirst()
            .ruleArn();
    assertThat(health()).isEqualTo("initial");
    SIMULATOR.tempo().pass(TIME);
    assertThat(health()).isEqualTo("healthy");
    balancers.deleteRule(it -> it.ruleArn(rule));
    assertThat(health()).isEqualTo("unused");
  }

  @Test
  void aForwardToOneGroupIsShownInBothForms() {
    String listener = listener(forward(group));
    Action shown =
        balancers
            .describeListeners(it -> it.listenerArns(listener))
            .listeners()
            .getFirst()
            .defaultActions()
            .getFirst();
    assertThat(shown.targetGroupArn()).isEqualTo(group);
    assertThat(shown.forwardConfig().targetGroups().getFirst().targetGroupArn()).isEqualTo(group);
    assertThat(shown.forwardConfig().targetGroups().getFirst().weight()).isEqualTo(1);
  }

  @Test
  void aTargetGroupServesOneLoadBalancer() {
    listener(forward(group));
    balancer = balancer("other");
    refuses("TargetGroupAssociationLimit", () -> listener(forward(group)));
    String closed = listener(closed());
    refuses(
        "TargetGroupAssociationLimit",
        () ->
            balancers.modifyListener(it -> it.listenerArn(closed).defaultActions(forward(group))));
  }

  @Test
  void showsWhichLoadBalancerAGroupServesNow() {
    String listener = listener(forward(group));
    assertThat(balancersOfTheGroup()).containsExactly(balancer);
    balancers.modifyListener(it -> it.listenerArn(listener).defaultActions(closed()));
    assertThat(balancersOfTheGroup()).isEmpty();
  }

  private List<String> balancersOfTheGroup() {
    return balancers
        .describeTargetGroups(it -> it.targetGroupArns(group))
        .targetGroups()
        .getFirst()
        .loadBalancerArns();
  }

  @Test
  void aListenerForwardsToNoGroupThatDoesNotExist() {
    String listener = listener(closed());
    refuses(
        "TargetGroupNotFound",
        () ->
            balancers.modifyListener(
                it -> it.listenerArn(listener).defaultActions(forward(group + "0"))));
  }

  @Test
  void onlyHttpsHasACertificateAndAlwaysHasOne() {
    String certificate = certificate();
    String http = listener(closed());
    refuses("ValidationError", () -> listener(it -> it.protocol("HTTPS").port(443), closed()));
    refuses(
        "ValidationError",
        () ->
            balancers.modifyListener(
                it -> it.listenerArn(http).certificates(one -> one.certificateArn(certificate))));
    listener(
        it -> it.protocol("HTTPS").port(443).certificates(one -> one.certificateArn(certificate)),
        closed());
  }

  @Test
  void keepsASecretThatItDoesNotShow() {
    String certificate = certificate();
    String listener =
        listener(
            it ->
                it.protocol("HTTPS").port(443).certificates(one -> one.certificateArn(certificate)),
            login("secret", false),
            closed().toBuilder().order(2).build());
    assertThat(
            balancers
                .describeListeners(it -> it.listenerArns(listener))
                .listeners()
                .getFirst()
                .defaultActions()
                .getFirst()
                .authenticateOidcConfig()
                .clientSecret())
        .isNull();
    Action after = forward(group).toBuilder().order(2).build();
    refuses(
        "ValidationError",
        () ->
            balancers.modifyListener(
                it -> it.listenerArn(listener).defaultActions(login(null, false), after)));
    balancers.modifyListener(
        it -> it.listenerArn(listener).defaultActions(login(null, true), after));
  }

  private static Action login(@Nullable String secret, boolean existing) {
    return Action.builder()
        .type(ActionTypeEnum.AUTHENTICATE_OIDC)
        .order(1)
        .authenticateOidcConfig(oidc ->
            oidc.issuer("https://login.example.com")
                .authorizationEndpoint("https://login.example.com/authorize")
                .tokenEndpoint("https://login.example.com/token")
                .userInfoEndpoint("https://login.example.com/user")
                .clientId("shop")
                .clientSecret(secret)
                .useExistingClientSecret(existing))
        .build();
  }

  private String certificate() {
    return acm.requestCertificate(it -> it.domainName("www.example.com")).certificateArn();
  }

  @Test
  void certificatesAreIssuedUnlessATestSaysOtherwise() {
    String certificate = certificate();
    assertThat(status(certificate)).isEqualTo(CertificateStatus.ISSUED);
    SIMULATOR.tempo().endsAs("RequestCertificate", "EXPIRED");
    assertThat(status(certificate)).isEqualTo(CertificateStatus.EXPIRED);
    refuses(
        "ResourceNotFoundException",
        () -> status(certificate.replace("certificate/", "certificate/0")));
  }

  private CertificateStatus status(String certificate) {
    return acm.describeCertificate(it -> it.certificateArn(certificate)).certificate().status();
  }

  @Test
  void aLoadBalancerMayBeImpaired() {
    SIMULATOR.tempo().endsAs("CreateLoadBalancer", "active_impaired");
    assertThat(
            balancers
                .describeLoadBalancers(it -> it.loadBalancerArns(balancer))
                .loadBalancers()
                .getFirst()
                .state()
                .codeAsString())
        .isEqualTo("active_impaired");
  }
}
