package io.rekindle.action.aws.alb;

import java.util.List;
import java.util.function.Consumer;
import software.amazon.awssdk.services.acm.AcmClient;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Subnet;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Action;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ActionTypeEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateListenerRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Listener;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ProtocolEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetTypeEnum;

/** Load balancers, what they serve and how it is served. */
record AlbWorld(ElasticLoadBalancingV2Client balancers, Ec2Client ec2, AcmClient acm) {

  String balancer(String name) {
    List<String> subnets =
        ec2.describeSubnets().subnets().stream().map(Subnet::subnetId).limit(2).toList();
    return balancers
        .createLoadBalancer(it -> it.name(name).subnets(subnets))
        .loadBalancers()
        .getFirst()
        .loadBalancerArn();
  }

  /** One with a registered target. */
  String targetGroup(String name) {
    String vpc = ec2.describeSubnets().subnets().getFirst().vpcId();
    String group =
        balancers
            .createTargetGroup(it ->
                it.name(name).protocol("HTTP").port(80).vpcId(vpc).targetType(TargetTypeEnum.IP))
            .targetGroups()
            .getFirst()
            .targetGroupArn();
    balancers.registerTargets(it -> it.targetGroupArn(group).targets(one -> one.id("10.0.0.10")));
    return group;
  }

  String certificate(String domain) {
    return acm.requestCertificate(it -> it.domainName(domain)).certificateArn();
  }

  String http(String balancer, Action... actions) {
    return listener(balancer, it -> it.protocol(ProtocolEnum.HTTP).port(80), actions);
  }

  String https(String balancer, String certificate, Action... actions) {
    return listener(
        balancer,
        it ->
            it.protocol(ProtocolEnum.HTTPS)
                .port(443)
                .certificates(one -> one.certificateArn(certificate)),
        actions);
  }

  private String listener(
      String balancer, Consumer<CreateListenerRequest.Builder> how, Action... actions) {
    return balancers
        .createListener(it -> {
          it.loadBalancerArn(balancer).defaultActions(actions);
          how.accept(it);
        })
        .listeners()
        .getFirst()
        .listenerArn();
  }

  void rule(String listener, int priority, Action... actions) {
    balancers.createRule(it ->
        it.listenerArn(listener)
            .priority(priority)
            .conditions(one -> one.field("path-pattern").values("/api/*"))
            .actions(actions));
  }

  void answer(String listener, Action... actions) {
    balancers.modifyListener(it -> it.listenerArn(listener).defaultActions(actions));
  }

  Listener look(String listener) {
    return balancers.describeListeners(it -> it.listenerArns(listener)).listeners().getFirst();
  }

  static Action closed() {
    return Action.builder()
        .type(ActionTypeEnum.FIXED_RESPONSE)
        .order(1)
        .fixedResponseConfig(
            answer -> answer.statusCode("503").contentType("text/plain").messageBody("Not yet."))
        .build();
  }

  static Action forward(String group) {
    return Action.builder().type(ActionTypeEnum.FORWARD).order(1).targetGroupArn(group).build();
  }

  static Action weighted(String one, String other) {
    return Action.builder()
        .type(ActionTypeEnum.FORWARD)
        .order(1)
        .forwardConfig(config ->
            config
                .targetGroups(
                    each -> each.targetGroupArn(one).weight(90),
                    each -> each.targetGroupArn(other).weight(10))
                .targetGroupStickinessConfig(sticky -> sticky.enabled(true).durationSeconds(60)))
        .build();
  }

  static Action login(String secret) {
    return Action.builder()
        .type(ActionTypeEnum.AUTHENTICATE_OIDC)
        .order(1)
        .authenticateOidcConfig(oidc ->
            oidc.issuer("https://login.example.com")
                .authorizationEndpoint("https://login.example.com/authorize")
                .tokenEndpoint("https://login.example.com/token")
                .userInfoEndpoint("https://login.example.com/user")
                .clientId("shop")
                .clientSecret(secret))
        .build();
  }

  static Action second(Action action) {
    return action.toBuilder().order(2).build();
  }
}
