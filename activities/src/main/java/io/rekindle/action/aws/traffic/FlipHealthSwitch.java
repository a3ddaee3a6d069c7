package io.rekindle.action.aws.traffic;

import static io.rekindle.plan.step.traffic.Traffic.FlipHealthSwitch.Change.FLIP;

import io.rekindle.action.Observation;
import io.rekindle.action.Observation.Broken;
import io.rekindle.action.Observation.Due;
import io.rekindle.action.Observation.Settled;
import io.rekindle.action.Readiness;
import io.rekindle.action.aws.ActionHandler;
import io.rekindle.action.aws.Work;
import io.rekindle.action.aws.dns.Answers;
import io.rekindle.action.aws.dns.Dns;
import io.rekindle.action.aws.traffic.HealthSwitch.Readers;
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

/**
 * Neither the flip nor what follows needs any control plane: only S3 in this Region, and DNS.
 * Before the flip Route 53 is asked whether it would move anybody; no answer is no reason to wait.
 */
@Singleton
final class FlipHealthSwitch implements ActionHandler<Traffic.FlipHealthSwitch> {
  private static final String CNAME = "CNAME";
  private static final String ADDRESS = "A";
  private static final Duration LOOK = Duration.ofSeconds(10);

  /** Three checks that are half a minute apart, where nobody says otherwise. */
  private static final Duration NOTICED = Duration.ofSeconds(3 * 30);

  /** That of an alias, where nobody answers with one. */
  private static final Duration TTL = Duration.ofSeconds(60);

  private final Dns dns;

  /**
   * What the flip alters, as history holds it.
   *
   * @param object whether it was there
   * @param answered what the record answered; empty when that is not known
   * @param ttl how long others may remember that
   * @param notices within which time checkers notice the object
   * @param unasked why the health check was not seen; empty when it was
   */
  private record Before(
      boolean object, String answered, Duration ttl, Duration notices, String unasked) {
    /** How long users may still go where they went. */
    private Duration lingers() {
      return ttl.plus(notices);
    }
  }

  FlipHealthSwitch(Dns dns) {
    this.dns = dns;
  }

  @Override
  public Class<Traffic.FlipHealthSwitch> declaration() {
    return Traffic.FlipHealthSwitch.class;
  }

  @Override
  public Observation observe(Work<Traffic.FlipHealthSwitch> work) {
    HealthSwitch object = new HealthSwitch(work);
    boolean on = object.isOn();
    if (on != isWantedOn(work)) {
      SwitchCheck.Said check = new SwitchCheck(work).ask();
      Optional<String> lack = lack(work, object, check);
      return lack.isPresent() ? new Broken(lack.get()) : Due.of(FLIP, now(work, on, check));
    }
    Answers answers = awaitUsers(work, object);
    Optional<Before> before = before(work);
    String unasked = before.map(Before::unasked).orElse("");
    return Settled.of(
        new Traffic.FlipHealthSwitch.Outputs(
            work.with().record().value(),
            before.map(Before::answered).orElseGet(answers::first),
            unasked.isEmpty() ? answers.inWords() : answers.inWords() + "; " + unasked));
  }

  /** Why the flip would move nobody. */
  private static Optional<String> lack(
      Work<Traffic.FlipHealthSwitch> work, HealthSwitch object, SwitchCheck.Said check) {
    if (!object.hasBucket()) {
      return Optional.of(object.noBucket());
    }
    return Optional.of(check.lack())
        .filter(lack -> !lack.isEmpty())
        .or(() -> secrecy(work, object, Readers.NOBODY));
  }

  /** Why what is put would be seen by nobody, if it has only such readers. */
  private static Optional<String> secrecy(
      Work<Traffic.FlipHealthSwitch> work, HealthSwitch object, Readers... those) {
    return Optional.of(work)
        .filter(FlipHealthSwitch::isWantedOn)
        .map(wanted -> object.readers())
        .filter(List.of(those)::contains)
        .map(object::inWords);
  }

  /** The flip does not wait for DNS, so what the record answers may be unknown. */
  private Before now(Work<Traffic.FlipHealthSwitch> work, boolean on, SwitchCheck.Said check) {
    Optional<Answers> answers = answered(work);
    return new Before(
        on,
        answers.map(Answers::first).orElse(""),
        answers.flatMap(Answers::ttl).orElse(TTL),
        check.notices().isZero() ? NOTICED : check.notices(),
        check.unasked());
  }

  private static Optional<Before> before(Work<Traffic.FlipHealthSwitch> work) {
    return work.before(FLIP, Before.class);
  }

  private static boolean isWantedOn(Work<Traffic.FlipHealthSwitch> work) {
    return work.with().serve() == Side.RECOVERY;
  }

  private Optional<Answers> answered(Work<Traffic.FlipHealthSwitch> work) {
    try {
      return Optional.of(answers(work));
    } catch (ApplicationFailure nobodyAnswers) {
      return Optional.empty();
    }
  }

  /** The names that the record leads to, or else the addresses. */
  private Answers answers(Work<Traffic.FlipHealthSwitch> work) {
    String name = work.with().record().value();
    Answers names = dns.ask(name, CNAME);
    return names.isEmpty() ? dns.ask(name, ADDRESS) : names;
  }

  private Answers awaitUsers(Work<Traffic.FlipHealthSwitch> work, HealthSwitch object) {
    Answers answers = answers(work);
    Optional<String> wrong = wrong(work, answers);
    if (wrong.isPresent()) {
      Optional<String> secret = secrecy(work, object, Readers.NOT_EVERYBODY, Readers.NOBODY);
      throw work.underWay(wrong.get() + secret.map(why -> "; " + why).orElse(""), LOOK);
    }
    Duration lingers = before(work).map(Before::lingers).orElse(NOTICED.plus(TTL));
    Instant over = work.changed().plus(work.pace().of(lingers));
    if (work.made(FLIP).isPresent() && Instant.now().isBefore(over)) {
      throw work.underWay(
          "the record %s leads to %s; caches may keep the former answer until %s"
              .formatted(work.with().record(), work.with().target(), over),
          LOOK);
    }
    return answers;
  }

  /** Why users are not seen to have moved: no control plane is asked for its word. */
  private Optional<String> wrong(Work<Traffic.FlipHealthSwitch> work, Answers answers) {
    String target = work.with().target().value().toLowerCase(Locale.ROOT);
    if (answers.isSilence()) {
      return Optional.of(
          "nobody says where the record %s leads: %s"
              .formatted(work.with().record(), answers.inWords()));
    }
    SortedSet<String> addresses = dns.addresses(target, ADDRESS);
    Set<String> itself = Set.of(target.replaceFirst("\\.$", ""));
    return answers
        .otherThan(answer -> answer.is(itself) || answer.leadsTo(addresses))
        .map(other ->
            "the record %s does not lead to %s yet: %s"
                .formatted(work.with().record(), target, other.inWords()));
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
    SwitchCheck.Said asked = new SwitchCheck(work).ask();
    Optional<String> lack = readiness(work, object, asked);
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
                    answered(work).map(Answers::inWords).orElse("nothing"))),
        null);
  }

  /** People are told beforehand also of what is not sure. */
  private static Optional<String> readiness(
      Work<Traffic.FlipHealthSwitch> work, HealthSwitch object, SwitchCheck.Said asked) {
    return lack(work, object, asked)
        .or(() -> Optional.of(asked.unasked()).filter(unasked -> !unasked.isEmpty()))
        .or(() -> secrecy(work, object, Readers.NOT_EVERYBODY, Readers.UNKNOWN));
  }
}
