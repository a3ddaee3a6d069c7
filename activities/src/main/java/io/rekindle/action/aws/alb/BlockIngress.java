package io.rekindle.action.aws.alb;

import io.rekindle.action.Observation;
import io.rekindle.action.Observation.Broken;
import io.rekindle.action.Observation.Due;
import io.rekindle.action.Observation.Settled;
import io.rekindle.action.Readiness;
import io.rekindle.action.aws.ActionHandler;
import io.rekindle.action.aws.Work;
import io.rekindle.plan.step.traffic.Alb;
import io.rekindle.plan.step.traffic.Alb.BlockIngress.Change;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Listener;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Rule;

@Singleton
final class BlockIngress implements ActionHandler<Alb.BlockIngress> {
  @Override
  public Class<Alb.BlockIngress> declaration() {
    return Alb.BlockIngress.class;
  }

  @Override
  public Observation observe(Work<Alb.BlockIngress> work) {
    Entrance entrance = entrance(work);
    Optional<Listener> found = entrance.find();
    Optional<String> lack = lack(entrance, found);
    if (lack.isPresent()) {
      return new Broken(lack.get());
    }
    Door present = Door.of(found.orElseThrow());
    return isClosed(present)
        ? Settled.of(new Alb.BlockIngress.Outputs(work.with().listener()))
        : Due.of(Change.BLOCK, present);
  }

  private static Entrance entrance(Work<Alb.BlockIngress> work) {
    return new Entrance(work, work.with().listener());
  }

  private static boolean isClosed(Door door) {
    return door.read().areClosed();
  }

  private static Optional<String> lack(Entrance entrance, Optional<Listener> found) {
    return entrance.lack(found).or(() -> openRules(entrance));
  }

  private static Optional<String> openRules(Entrance entrance) {
    List<String> open =
        entrance
            .balancers()
            .describeRulesPaginator(request -> request.listenerArn(entrance.arn().value()))
            .rules()
            .stream()
            .filter(rule -> !rule.isDefault() && DefaultActions.letThrough(rule.actions()))
            .map(Rule::priority)
            .toList();
    return open.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "%s has rules that forward and would stay open (priority %s): close them by hand, then retry"
                .formatted(entrance.it(), String.join(", ", open)));
  }

  @Override
  public void apply(Work<Alb.BlockIngress> work, Due due) {
    Entrance entrance = entrance(work);
    Optional<Listener> found = entrance.find();
    if (lack(entrance, found).isPresent()) {
      return;
    }
    Door present = Door.of(found.orElseThrow());
    if (!isClosed(present)) {
      entrance.make(present, present.answering(DefaultActions.CLOSED));
    }
  }

  @Override
  public void undo(Work<Alb.BlockIngress> work) {
    entrance(work).putBack(work.before(Change.BLOCK, Door.class), BlockIngress::isClosed);
  }

  @Override
  public Readiness check(Work<Alb.BlockIngress> work) {
    Entrance entrance = entrance(work);
    Optional<Listener> found = entrance.find();
    Optional<String> lack = lack(entrance, found);
    return new Readiness(
        lack.isEmpty(),
        lack.orElseGet(() ->
            "%s is set to '%s' and can be closed; open WebSockets live on"
                .formatted(entrance.it(), DefaultActions.of(found.orElseThrow()).inWords())),
        null);
  }
}
