package io.rekindle.action.aws.alb;

import io.rekindle.action.Observation;
import io.rekindle.action.Observation.Broken;
import io.rekindle.action.Observation.Due;
import io.rekindle.action.Readiness;
import io.rekindle.action.aws.ActionHandler;
import io.rekindle.action.aws.Work;
import io.rekindle.plan.step.traffic.Alb;
import io.rekindle.plan.step.traffic.Alb.EnableIngress.Change;
import jakarta.inject.Singleton;
import java.util.Optional;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Listener;

@Singleton
final class EnableIngress implements ActionHandler<Alb.EnableIngress> {
  @Override
  public Class<Alb.EnableIngress> declaration() {
    return Alb.EnableIngress.class;
  }

  @Override
  public Observation observe(Work<Alb.EnableIngress> work) {
    Entrance entrance = entrance(work);
    Optional<Listener> found = entrance.find();
    if (found.map(Door::of).filter(door -> isOpen(work, door)).isPresent()) {
      return new Arrival(entrance, work.with().targetGroup()).of(found.orElseThrow());
    }
    return new Obstacles(work, entrance)
        .of(found)
        .<Observation>map(Broken::new)
        .orElseGet(() -> Due.of(Change.FORWARD, Door.of(found.orElseThrow())));
  }

  private static Entrance entrance(Work<Alb.EnableIngress> work) {
    return new Entrance(work, work.with().listener());
  }

  private static boolean isOpen(Work<Alb.EnableIngress> work, Door door) {
    return door.read().forwardOnlyTo(work.with().targetGroup().value())
        && door.serving(work.with().certificate()).equals(door);
  }

  @Override
  public void apply(Work<Alb.EnableIngress> work, Due due) {
    Entrance entrance = entrance(work);
    Optional<Listener> found = entrance.find();
    if (new Obstacles(work, entrance).of(found).isPresent()) {
      return;
    }
    Door present = Door.of(found.orElseThrow());
    if (!isOpen(work, present)) {
      entrance.make(
          present,
          present
              .answering(DefaultActions.forward(work.with().targetGroup().value()))
              .serving(work.with().certificate()));
    }
  }

  @Override
  public void undo(Work<Alb.EnableIngress> work) {
    entrance(work)
        .putBack(work.before(Change.FORWARD, Door.class), present -> isOpen(work, present));
  }

  @Override
  public Readiness check(Work<Alb.EnableIngress> work) {
    Entrance entrance = entrance(work);
    Optional<Listener> found = entrance.find();
    Optional<String> obstacle = new Obstacles(work, entrance).of(found);
    return new Readiness(
        obstacle.isEmpty(),
        obstacle.orElseGet(() ->
            "%s is set to '%s' and can forward to %s, whose targets are checked from then on"
                .formatted(
                    entrance.it(),
                    DefaultActions.of(found.orElseThrow()).inWords(),
                    work.with().targetGroup())),
        null);
  }
}
