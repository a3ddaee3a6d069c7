package io.rekindle.action.aws.alb;

import io.rekindle.action.aws.Work;
import io.rekindle.plan.value.Arn;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Listener;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ListenerNotFoundException;

/** The listener of a step, as Elastic Load Balancing shows it. */
record Entrance(Work<?> work, Arn arn) {
  static final Duration LOOK = Duration.ofSeconds(5);

  ElasticLoadBalancingV2Client balancers() {
    return work.client(ElasticLoadBalancingV2Client.class, ElasticLoadBalancingV2Client::builder);
  }

  Optional<Listener> find() {
    try {
      return balancers()
          .describeListeners(request -> request.listenerArns(arn.value()))
          .listeners()
          .stream()
          .findFirst();
    } catch (ListenerNotFoundException none) {
      return Optional.empty();
    }
  }

  /** Why nothing can be done with it, if nothing can. */
  Optional<String> lack(Optional<Listener> found) {
    if (found.isEmpty()) {
      return Optional.of(it() + " does not exist");
    }
    return DefaultActions.of(found.get())
        .unknown()
        .map(action ->
            "%s has an action '%s', which this version of Rekindle could not put back: change it by hand and use done"
                .formatted(it(), action));
  }

  /** Other certificates of the listener, its port and its rules stay as they are. */
  void make(Door present, Door wanted) {
    boolean sameCertificate = wanted.certificate().equals(present.certificate());
    balancers()
        .modifyListener(request ->
            request
                .listenerArn(arn.value())
                .defaultActions(wanted.read().asAsked())
                .certificates(sameCertificate ? List.of() : wanted.certificates()));
  }

  /**
   * Makes it what it was, and throws until it is.
   *
   * @param isOurs whether it still is what the step made of it
   */
  void putBack(Optional<Door> former, Predicate<Door> isOurs) {
    Optional<Door> present = find().map(Door::of);
    if (former.isEmpty() || present.isEmpty() || present.get().isAs(former.get())) {
      return;
    }
    if (!isOurs.test(present.get())) {
      throw work.refused(
          "somebody else has changed %s since; restore it by hand (%s)"
              .formatted(it(), former.get().inWords()));
    }
    make(present.get(), former.get());
    throw work.underWay("restoring the former answer of " + it(), LOOK);
  }

  /** What it is, for a sentence. */
  String it() {
    return "the listener %s in %s".formatted(arn, work.call().region());
  }
}
