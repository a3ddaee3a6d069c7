package io.rekindle.action.aws.traffic;

import static io.rekindle.plan.step.traffic.Traffic.FlipHealthSwitch.Change.FLIP;

import io.rekindle.action.Observation;
import io.rekindle.action.Observation.Due;
import io.rekindle.action.Observation.Settled;
import io.rekindle.action.Readiness;
import io.rekindle.action.aws.ActionHandler;
import io.rekindle.action.aws.Work;
import io.rekindle.action.aws.dns.Answer;
import io.rekindle.action.aws.dns.Dns;
import io.rekindle.plan.step.traffic.Traffic;
import io.rekindle.plan.step.traffic.Traffic.FlipHealthSwitch.Side;
import io.temporal.failure.ApplicationFailure;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;

/** Neither the flip nor what follows asks any control plane: only S3 in this Region, and DNS. */
@Singleton
final class FlipHealthSwitch implements ActionHandler<Traffic.FlipHealthSwitch> {
  private static final String CNAME = "CNAME";
  private static final String ADDRESS = "A";
  private static final Duration LOOK = Duration.ofSeconds(10);

  /** Three checks that are half a minute apart, and the TTL that an alias has. */
  private static final Duration UNTIL_USERS_MOVE = Duration.ofSeconds(3 * 30 + 60);

  private final Dns dns;

  /**
   * What the flip alters, as history holds it.
   *
   * @param object whether it was there
   * @param answered what the record answered; empty when that is not known
   */
  private record Before(boolean object, String answered) {}

  FlipHealthSwitch(Dns dns) {
    this.dns = dns;
  }

  @Override
  public Class<Traffic.FlipHealthSwitch> declaration() {
    return Traffic.FlipHealthSwitch.class;
  }

  @Override
  public Observation observe(Work<Traffic.FlipHealthSwitch> work) {
    boolean on = new HealthSwitch(work).isOn();
    if (on != isWantedOn(work)) {
      return Due.of(FLIP, new Before(on, answered(work)));
    }
    awaitUsers(work);
    String former = before(work).map(Before::answered).orElseGet(() -> answered(work));
    return Settled.of(new Traffic.FlipHealthSwitch.Outputs(work.with().record().value(), former));
  }

  private static Optional<Before> before(Work<Traffic.FlipHealthSwitch> work) {
    return work.before(FLIP, Before.class);
  }

  private static boolean isWantedOn(Work<Traffic.FlipHealthSwitch> work) {
    return work.with().serve() == Side.RECOVERY;
  }

  /** What the record answers now. The flip does not wait for DNS, so this may be unknown. */
  private String answered(Work<Traffic.FlipHealthSwitch> work) {
    try {
      return String.join(",", answers(work).getFirst().values());
    } catch (ApplicationFailure nobodyAnswers) {
      return "";
    }
  }

  /** The names that the record leads to, or else the addresses. */
  private List<Answer> answers(Work<Traffic.FlipHealthSwitch> work) {
    String name = work.with().record().value();
    List<Answer> names = dns.authoritative(name, CNAME);
    return names.stream().allMatch(answer -> answer.values().isEmpty())
        ? dns.authoritative(name, ADDRESS)
        : names;
  }

  private void awaitUsers(Work<Traffic.FlipHealthSwitch> work) {
    String target = work.with().target().value().toLowerCase(Locale.ROOT);
    SortedSet<String> addresses = dns.addresses(target, ADDRESS);
    Set<String> itself = Set.of(target.replaceFirst("\\.$", ""));
    Optional<Answer> wrong =
        answers(work).stream()
            .filter(answer -> !answer.is(itself) && !answer.leadsTo(addresses))
            .findFirst();
    if (wrong.isPresent()) {
      throw work.underWay(
          "the record %s does not lead to %s yet: %s"
              .formatted(work.with().record(), target, wrong.get().inWords()),
          LOOK);
    }
    Instant over = work.call().now().plus(work.pace().of(UNTIL_USERS_MOVE));
    if (work.made(FLIP).isPresent() && Instant.now().isBefore(over)) {
      throw work.underWay(
          "the record %s leads to %s; caches may keep the former answer until %s"
              .formatted(work.with().record(), target, over),
          LOOK);
    }
  }

  @Override
  public void apply(Work<Traffic.FlipHealthSwitch> work, Due due) {
    HealthSwitch object = new HealthSwitch(work);
    if (object.isOn() != isWantedOn(work)) {
      object.turn(isWantedOn(work));
    }
  }

  @Override
  public void undo(Work<Traffic.FlipHealthSwitch> work) {
    HealthSwitch object = new HealthSwitch(work);
    Optional<Boolean> former = before(work).map(Before::object);
    if (former.isPresent() && object.isOn() != former.get()) {
      object.turn(former.get());
    }
  }

  @Override
  public Readiness check(Work<Traffic.FlipHealthSwitch> work) {
    HealthSwitch object = new HealthSwitch(work);
    Optional<String> lack = object.lack();
    return new Readiness(
        lack.isEmpty(),
        lack.orElseGet(() ->
            "the object %s in bucket %s %s and can be %s; %s answers %s"
                .formatted(
                    work.with().key(),
                    work.with().bucket(),
                    object.isOn() ? "exists" : "does not exist",
                    isWantedOn(work) ? "put" : "removed",
                    work.with().record(),
                    answered(work))),
        null);
  }
}
