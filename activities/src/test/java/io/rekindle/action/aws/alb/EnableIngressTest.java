package io.rekindle.action.aws.alb;

import static io.rekindle.action.aws.alb.AlbWorld.closed;
import static io.rekindle.action.aws.alb.AlbWorld.forward;
import static io.rekindle.action.aws.alb.AlbWorld.login;
import static io.rekindle.action.aws.alb.AlbWorld.second;
import static io.rekindle.action.aws.alb.AlbWorld.weighted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.groups.Tuple.tuple;

import io.rekindle.action.Failures;
import io.rekindle.action.Observation;
import io.rekindle.action.Observation.Broken;
import io.rekindle.action.Observation.Due;
import io.rekindle.action.aws.ActionContract;
import io.rekindle.action.aws.ActionHandler;
import io.rekindle.action.aws.StepDriver;
import io.rekindle.plan.step.traffic.Alb;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.acm.AcmClient;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Action;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ActionTypeEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Listener;

class EnableIngressTest extends ActionContract<Alb.EnableIngress> {
  private final AlbWorld here =
      new AlbWorld(
          in(HERE, ElasticLoadBalancingV2Client::builder),
          in(HERE, Ec2Client::builder),
          in(HERE, AcmClient::builder));
  private String balancer = "";
  private String listener = "";
  private String group = "";
  private String own = "";
  private String wanted = "";

  @Override
  protected ActionHandler<Alb.EnableIngress> handler() {
    return new EnableIngress();
  }

  @Override
  protected String with() {
    return "{ listener: '%s', targetGroup: '%s', certificate: '%s' }"
        .formatted(listener, group, wanted);
  }

  private String without() {
    return "{ listener: '%s', targetGroup: '%s' }".formatted(listener, group);
  }

  @Override
  protected void world() {
    prepared(closed());
  }

  private void prepared(Action... actions) {
    balancer = here.balancer("shop");
    group = here.targetGroup("web");
    own = here.certificate("old.example.com");
    wanted = here.certificate("www.example.com");
    listener = here.https(balancer, own, actions);
  }

  private Listener look() {
    return here.look(listener);
  }

  private static String certificateOf(Listener listener) {
    return listener.certificates().getFirst().certificateArn();
  }

  private static String why(Observation seen) {
    assertThat(seen).isInstanceOf(Broken.class);
    return ((Broken) seen).why();
  }

  /** Histories hold these words: what is in progress must stay readable. */
  @Test
  void recordsTheWholeAnswerAndTheCertificate() {
    given();
    Due due = step().due();
    assertThat(due.change()).isEqualTo("forward");
    assertThat(due.before())
        .containsEntry("certificate", own)
        .containsEntry(
            "actions",
            """
            [{"fixedResponseConfig":{"contentType":"text/plain","messageBody":"Not yet.",\
            "statusCode":"503"},"order":1,"type":"fixed-response"}]\
            """);
  }

  @Test
  void forwardsAndServesTheCertificate() {
    given();
    assertThat(step().settled().outputs().get("target")).contains("shop", HERE, "elb");
    assertThat(look().defaultActions())
        .extracting(Action::type, Action::targetGroupArn)
        .containsExactly(tuple(ActionTypeEnum.FORWARD, group));
    assertThat(certificateOf(look())).isEqualTo(wanted);
  }

  @Test
  void leavesTheCertificateAloneThatItWasNotGiven() {
    given();
    step(without()).settled();
    assertThat(certificateOf(look())).isEqualTo(own);
  }

  @Test
  void whatIsOpenAlreadyIsSettled() {
    instantly(() -> {
      prepared(closed());
      here.answer(listener, forward(group));
    });
    step(without()).settled();
    assertThat(changes()).isEmpty();
  }

  @Test
  void anOpenListenerWithAnotherCertificateIsNotAsWanted() {
    instantly(() -> {
      prepared(closed());
      here.answer(listener, forward(group));
    });
    step().settled();
    assertThat(certificateOf(look())).isEqualTo(wanted);
    assertThat(changes()).containsExactly("ModifyListener");
  }

  @Test
  void waitsForATargetBecauseNoneIsCheckedBefore() {
    given();
    StepDriver step = step();
    assertThat(health()).containsExactly("unused");
    step.apply(step.due());
    ApplicationFailure waiting = catchThrowableOfType(ApplicationFailure.class, step::observe);
    assertThat(waiting.getType()).isEqualTo(Failures.IN_PROGRESS);
    assertThat(waiting.getOriginalMessage())
        .isEqualTo(
            "no target of %s is healthy: 1 initial (Elb.InitialHealthChecking)".formatted(group));
    pass(Duration.ofMinutes(1));
    step.settled();
    assertThat(health()).containsExactly("healthy");
  }

  private List<String> health() {
    return here
        .balancers()
        .describeTargetHealth(it -> it.targetGroupArn(group))
        .targetHealthDescriptions()
        .stream()
        .map(each -> each.targetHealth().stateAsString())
        .toList();
  }

  @Test
  void saysWhyNoTargetIsHealthy() {
    given();
    endsAs("DescribeTargetHealth", "unhealthy");
    StepDriver step = step();
    step.apply(step.due());
    ApplicationFailure waiting = catchThrowableOfType(ApplicationFailure.class, step::observe);
    assertThat(waiting.getOriginalMessage()).endsWith("1 unhealthy (Target.FailedHealthChecks)");
  }

  @Test
  void saysThatThereIsNoTarget() {
    given();
    here.balancers()
        .deregisterTargets(it -> it.targetGroupArn(group).targets(one -> one.id("10.0.0.10")));
    StepDriver step = step();
    step.apply(step.due());
    ApplicationFailure waiting = catchThrowableOfType(ApplicationFailure.class, step::observe);
    assertThat(waiting.getOriginalMessage()).endsWith("is healthy: it has none");
  }

  @Test
  void anImpairedLoadBalancerStillRoutes() {
    given();
    endsAs("CreateLoadBalancer", "active_impaired");
    step().settled();
  }

  @Test
  void aLoadBalancerThatIsBeingMadeIsWaitedFor() {
    given();
    endsAs("CreateLoadBalancer", "provisioning");
    StepDriver step = step();
    step.apply(step.due());
    ApplicationFailure waiting = catchThrowableOfType(ApplicationFailure.class, step::observe);
    assertThat(waiting.getOriginalMessage()).contains("is 'provisioning'");
  }

  @Test
  void aLoadBalancerThatFailedServesNobody() {
    given();
    endsAs("CreateLoadBalancer", "failed");
    assertThat(why(step().reconcile())).contains("is 'failed'", "It serves nobody");
  }

  @Test
  void whoeverAsksUsersWhoTheyAreStaysInFront() {
    instantly(() -> prepared(login("secret"), second(closed())));
    step().settled();
    assertThat(look().defaultActions())
        .extracting(Action::type)
        .containsExactly(ActionTypeEnum.AUTHENTICATE_OIDC, ActionTypeEnum.FORWARD);
    assertThat(look().defaultActions()).extracting(Action::order).containsExactly(1, 2);
    assertThat(look().defaultActions().getFirst().authenticateOidcConfig().clientId())
        .isEqualTo("shop");
  }

  @Test
  void putsTheFormerAnswerAndCertificateBackBehindTheLogin() {
    instantly(() -> prepared(login("secret"), second(closed())));
    List<Action> former = look().defaultActions();
    StepDriver step = step();
    step.settled();
    step.undo();
    assertThat(look().defaultActions()).isEqualTo(former);
    assertThat(certificateOf(look())).isEqualTo(own);
  }

  @Test
  void remembersWeightsAsAWhole() {
    instantly(() -> {
      balancer = here.balancer("shop");
      group = here.targetGroup("web");
      String one = here.targetGroup("blue");
      String other = here.targetGroup("green");
      listener = here.http(balancer, weighted(one, other));
    });
    List<Action> former = look().defaultActions();
    StepDriver step = step(without());
    step.settled();
    assertThat(look().defaultActions()).extracting(Action::targetGroupArn).containsExactly(group);
    step.undo();
    assertThat(look().defaultActions().getFirst().forwardConfig())
        .isEqualTo(former.getFirst().forwardConfig());
  }

  @Test
  void undoLeavesAloneWhatSomebodyElseSetMeanwhile() {
    given();
    StepDriver step = step();
    step.settled();
    String others = here.targetGroup("theirs");
    here.answer(listener, forward(others));
    ApplicationFailure refused =
        catchThrowableOfType(ApplicationFailure.class, () -> step.undoOnce());
    assertThat(refused.isNonRetryable()).isTrue();
    assertThat(refused.getOriginalMessage())
        .contains("somebody else has changed ", "restore it by hand (answer 503, certificate ");
    assertThat(look().defaultActions().getFirst().targetGroupArn()).isEqualTo(others);
  }

  @Test
  void undoHasNothingToDoWhereTheListenerIsGone() {
    given();
    StepDriver step = step();
    step.settled();
    here.balancers().deleteListener(it -> it.listenerArn(listener));
    step.undo();
  }

  @Test
  void asksWhenThereIsNoListener() {
    given();
    here.balancers().deleteListener(it -> it.listenerArn(listener));
    assertThat(why(step().observe())).contains(listener, "does not exist");
    assertThat(step().check().ready()).isFalse();
  }

  @Test
  void asksWhenThereIsNoTargetGroup() {
    given();
    group = group.replace("/web/", "/none/");
    assertThat(why(step().observe())).isEqualTo("the target group " + group + " does not exist");
  }

  @Test
  void asksWhenTheTargetGroupServesAnotherLoadBalancer() {
    given();
    instantly(() -> here.http(here.balancer("other"), forward(group)));
    assertThat(why(step().observe())).contains(group, "is in use by the load balancer", "other");
  }

  @Test
  void asksForACertificateThatIsIssued() {
    given();
    endsAs("RequestCertificate", "PENDING_VALIDATION");
    assertThat(why(step().observe()))
        .contains(wanted, "www.example.com", "is 'PENDING_VALIDATION'", "then retry");
    assertThat(step().check().ready()).isFalse();
  }

  @Test
  void asksForACertificateThatIsNotOver() {
    given();
    StepDriver later = step().after(Duration.ofDays(3650));
    assertThat(why(later.observe())).contains(wanted, "expired on ", "renew it");
  }

  @Test
  void asksForACertificateThatExists() {
    given();
    wanted = wanted.substring(0, wanted.length() - 4) + "0000";
    assertThat(why(step().observe())).isEqualTo("the certificate " + wanted + " does not exist");
  }

  @Test
  void asksForACertificateOfTheSameRegion() {
    given();
    wanted = wanted.replace(HERE, THERE);
    assertThat(why(step().observe())).contains(wanted, "belongs to another Region");
  }

  @Test
  void asksForAListenerThatServesCertificates() {
    instantly(() -> {
      prepared(closed());
      listener = here.http(balancer, closed());
    });
    assertThat(why(step().observe())).contains("speaks HTTP and serves no certificate");
  }
}
