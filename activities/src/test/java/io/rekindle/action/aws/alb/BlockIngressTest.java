package io.rekindle.action.aws.alb;

import static io.rekindle.action.aws.alb.AlbWorld.closed;
import static io.rekindle.action.aws.alb.AlbWorld.forward;
import static io.rekindle.action.aws.alb.AlbWorld.login;
import static io.rekindle.action.aws.alb.AlbWorld.second;
import static io.rekindle.action.aws.alb.AlbWorld.weighted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.groups.Tuple.tuple;

import io.rekindle.action.Observation;
import io.rekindle.action.Observation.Broken;
import io.rekindle.action.aws.ActionContract;
import io.rekindle.action.aws.ActionHandler;
import io.rekindle.action.aws.StepDriver;
import io.rekindle.plan.step.traffic.Alb;
import io.temporal.failure.ApplicationFailure;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.acm.AcmClient;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Action;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ActionTypeEnum;

class BlockIngressTest extends ActionContract<Alb.BlockIngress> {
  private final AlbWorld here =
      new AlbWorld(
          in(HERE, ElasticLoadBalancingV2Client::builder),
          in(HERE, Ec2Client::builder),
          in(HERE, AcmClient::builder));
  private String listener = "";
  private String group = "";

  @Override
  protected ActionHandler<Alb.BlockIngress> handler() {
    return new BlockIngress();
  }

  @Override
  protected String with() {
    return "{ listener: '%s' }".formatted(listener);
  }

  @Override
  protected void world() {
    group = here.targetGroup("web");
    listener = here.http(here.balancer("shop"), forward(group));
  }

  private List<Action> actions() {
    return here.look(listener).defaultActions();
  }

  private static String why(Observation seen) {
    assertThat(seen).isInstanceOf(Broken.class);
    return ((Broken) seen).why();
  }

  @Test
  void everyRequestIsAnsweredWith503() {
    given();
    assertThat(step().settled().outputs()).containsEntry("listener", listener);
    assertThat(actions())
        .extracting(Action::type, each -> each.fixedResponseConfig().statusCode())
        .containsExactly(tuple(ActionTypeEnum.FIXED_RESPONSE, "503"));
  }

  @Test
  void whatIsClosedAlreadyIsSettled() {
    instantly(() -> listener = here.http(here.balancer("shop"), closed()));
    step().settled();
    assertThat(changes()).isEmpty();
  }

  @Test
  void anAnswerThatIsNotAnErrorIsNoFence() {
    instantly(() ->
        listener =
            here.http(
                here.balancer("shop"),
                Action.builder()
                    .type(ActionTypeEnum.FIXED_RESPONSE)
                    .fixedResponseConfig(answer -> answer.statusCode("200"))
                    .build()));
    step().settled();
    assertThat(actions().getFirst().fixedResponseConfig().statusCode()).isEqualTo("503");
  }

  @Test
  void rulesThatForwardWouldStayOpen() {
    given();
    here.rule(listener, 10, forward(group));
    assertThat(why(step().observe()))
        .contains("has rules that forward and would stay open (priority 10)", "close them by hand");
    assertThat(step().check().ready()).isFalse();
  }

  @Test
  void rulesThatForwardBehindALoginWouldStayOpenToo() {
    instantly(() -> {
      group = here.targetGroup("web");
      listener =
          here.https(here.balancer("shop"), here.certificate("www.example.com"), forward(group));
      here.rule(listener, 7, login("secret"), second(forward(group)));
    });
    assertThat(why(step().observe())).contains("(priority 7)");
  }

  @Test
  void aRuleThatForwardsOnceItIsClosedBreaksTheFence() {
    given();
    StepDriver step = step();
    step.settled();
    here.rule(listener, 10, forward(group));
    assertThat(why(step.observe())).contains("would stay open");
  }

  @Test
  void rulesThatAnswerThemselvesAreNoHarm() {
    given();
    here.rule(listener, 10, closed());
    step().settled();
  }

  @Test
  void keepsTheLoginInFrontAndPutsTheWholeBack() {
    instantly(() -> {
      group = here.targetGroup("web");
      listener =
          here.https(
              here.balancer("shop"),
              here.certificate("www.example.com"),
              login("secret"),
              second(weighted(group, here.targetGroup("green"))));
    });
    List<Action> former = actions();
    StepDriver step = step();
    step.settled();
    assertThat(actions())
        .extracting(Action::type)
        .containsExactly(ActionTypeEnum.AUTHENTICATE_OIDC, ActionTypeEnum.FIXED_RESPONSE);
    step.undo();
    assertThat(actions()).isEqualTo(former);
  }

  @Test
  void undoLeavesAloneWhatSomebodyElseSetMeanwhile() {
    given();
    StepDriver step = step();
    step.settled();
    here.answer(listener, forward(here.targetGroup("theirs")));
    ApplicationFailure refused =
        catchThrowableOfType(ApplicationFailure.class, () -> step.undoOnce());
    assertThat(refused.isNonRetryable()).isTrue();
    assertThat(refused.getOriginalMessage())
        .contains("somebody else has changed ", "restore it by hand (forward to " + group + ")");
  }

  @Test
  void saysThatOpenWebSocketsLiveOn() {
    given();
    assertThat(step().check().evidence())
        .contains("forward to " + group, "open WebSockets live on");
  }

  @Test
  void asksWhenThereIsNoListener() {
    given();
    here.balancers().deleteListener(it -> it.listenerArn(listener));
    assertThat(why(step().observe())).contains(listener, "does not exist");
  }
}
