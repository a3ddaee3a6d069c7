package io.rekindle.action.aws.route53;

import static io.rekindle.plan.step.traffic.Route53.Upsert.Change.UPSERT;

import io.rekindle.action.Observation;
import io.rekindle.action.Observation.Broken;
import io.rekindle.action.Observation.Due;
import io.rekindle.action.Observation.Settled;
import io.rekindle.action.Readiness;
import io.rekindle.action.aws.ActionHandler;
import io.rekindle.action.aws.Work;
import io.rekindle.action.aws.dns.Answer;
import io.rekindle.action.aws.dns.Dns;
import io.rekindle.action.aws.dns.Values;
import io.rekindle.plan.step.traffic.Route53;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.function.Predicate;
import software.amazon.awssdk.services.route53.model.InvalidChangeBatchException;

/**
 * The id of the change is not needed: whoever asked for it may have crashed. That the time has
 * passed in which changes are everywhere, and that every server answers it, says more.
 */
@Singleton
final class Upsert implements ActionHandler<Route53.Upsert> {
  private static final Duration LOOK = Duration.ofSeconds(10);

  /** Within this time Route 53 has a change on all its servers. */
  private static final Duration PROPAGATION = Duration.ofSeconds(60);

  private final Dns dns;

  Upsert(Dns dns) {
    this.dns = dns;
  }

  @Override
  public Class<Route53.Upsert> declaration() {
    return Route53.Upsert.class;
  }

  @Override
  public Observation observe(Work<Route53.Upsert> work) {
    RecordSet wanted = RecordSet.wanted(work.with());
    if (work.made(UPSERT).isEmpty()) {
      Optional<String> none = new HostedZone(work).lack();
      if (none.isPresent()) {
        return new Broken(none.get());
      }
    }
    List<RecordSet> found = new HostedZone(work).like(wanted);
    Optional<String> lack = lack(work, wanted, found);
    if (lack.isPresent()) {
      return new Broken(lack.get());
    }
    Optional<RecordSet> present = same(wanted, found);
    if (present.filter(wanted::says).isEmpty()) {
      return due(present);
    }
    Optional<RecordSet> former = work.made(UPSERT).isEmpty() ? present : former(work);
    awaitUsers(work, former);
    return Settled.of(
        new Route53.Upsert.Outputs(
            work.with().record().value(), former.map(RecordSet::answers).orElse("")));
  }

  private static Optional<RecordSet> same(RecordSet wanted, List<RecordSet> found) {
    return found.stream().filter(wanted::hasIdentifierOf).findFirst();
  }

  private static Due due(Optional<RecordSet> present) {
    return present
        .map(found -> Due.of(UPSERT, Former.of(found.set())))
        .orElseGet(() -> Due.of(UPSERT));
  }

  /** What was recorded before the change; empty when there was no such record. */
  private static Optional<RecordSet> former(Work<Route53.Upsert> work) {
    return work.before(UPSERT, Former.class).flatMap(former -> former.set(work.with()));
  }

  private static String it(Work<Route53.Upsert> work) {
    return "the record %s in zone %s".formatted(work.with().record(), work.with().zone());
  }

  /** Route 53 refuses records that are routed in other ways beside each other. */
  private static Optional<String> lack(
      Work<Route53.Upsert> work, RecordSet wanted, List<RecordSet> found) {
    if (!found.stream().allMatch(RecordSet::isRoutedKnownly)) {
      return Optional.of(
          it(work) + " has a routing policy that Rekindle does not change; change it by hand");
    }
    boolean single = wanted.set().setIdentifier() == null;
    boolean mixed = found.stream().anyMatch(each -> (each.set().setIdentifier() == null) != single);
    String lack =
        single
            ? " is half of a failover pair: set failover, with role primary or secondary"
            : " is simple: Route 53 allows no half of a failover pair beside it";
    return mixed ? Optional.of(it(work) + lack) : Optional.empty();
  }

  /** What others remember they learned at the latest when the change was nearly everywhere. */
  private void awaitUsers(Work<Route53.Upsert> work, Optional<RecordSet> former) {
    awaitServers(work);
    Duration longest = PROPAGATION.plus(former.map(RecordSet::ttl).orElse(Duration.ZERO));
    Instant over = work.call().now().plus(work.pace().of(longest));
    if (work.made(UPSERT).isPresent() && Instant.now().isBefore(over)) {
      throw work.underWay(
          "the new record %s is in place; caches may keep the former one until %s"
              .formatted(work.with().record(), over),
          LOOK);
    }
  }

  /** Which half of a pair is answered, health checks decide. */
  private void awaitServers(Work<Route53.Upsert> work) {
    Route53.Upsert with = work.with();
    if (with.failover() != null) {
      return;
    }
    List<Answer> wrong =
        dns.authoritative(with.record().value(), with.type().value()).stream()
            .filter(expected(with).negate())
            .toList();
    if (!wrong.isEmpty()) {
      throw work.underWay(
          "not all name servers have the new record %s: %s"
              .formatted(with.record(), wrong.getFirst().inWords()),
          LOOK);
    }
  }

  private Predicate<Answer> expected(Route53.Upsert with) {
    Route53.Alias alias = with.alias();
    String type = with.type().value();
    if (alias == null) {
      SortedSet<String> values = Values.of(type, with.values());
      return answer -> answer.is(values);
    }
    SortedSet<String> addresses = dns.addresses(alias.target().value(), type);
    return answer -> answer.leadsTo(addresses);
  }

  @Override
  public void apply(Work<Route53.Upsert> work, Due due) {
    RecordSet wanted = RecordSet.wanted(work.with());
    HostedZone zone = new HostedZone(work);
    List<RecordSet> found = zone.like(wanted);
    if (lack(work, wanted, found).isEmpty() && same(wanted, found).filter(wanted::says).isEmpty()) {
      zone.put(wanted);
    }
  }

  @Override
  public void undo(Work<Route53.Upsert> work) {
    if (work.made(UPSERT).isEmpty()) {
      return;
    }
    RecordSet wanted = RecordSet.wanted(work.with());
    HostedZone zone = new HostedZone(work);
    Optional<RecordSet> present = same(wanted, zone.like(wanted));
    Optional<RecordSet> former = former(work);
    if (isBack(present, former)) {
      return;
    }
    if (present.filter(wanted::says).isEmpty()) {
      throw work.refused(
          "somebody else has changed %s since; %s by hand"
              .formatted(
                  it(work), former.map(was -> "restore " + was.answers()).orElse("delete it")));
    }
    former.ifPresentOrElse(zone::put, () -> delete(zone, wanted));
    throw work.underWay(
        (former.isPresent() ? "restoring the former record " : "deleting the record ")
            + work.with().record(),
        LOOK);
  }

  private static boolean isBack(Optional<RecordSet> present, Optional<RecordSet> former) {
    return former.isEmpty() ? present.isEmpty() : present.filter(former.get()::says).isPresent();
  }

  /** Route 53 refuses to delete what is gone: so does the repetition of a request. */
  private static void delete(HostedZone zone, RecordSet set) {
    try {
      zone.delete(set);
    } catch (InvalidChangeBatchException refused) {
      if (same(set, zone.like(set)).isPresent()) {
        throw refused;
      }
    }
  }

  @Override
  public Readiness check(Work<Route53.Upsert> work) {
    RecordSet wanted = RecordSet.wanted(work.with());
    HostedZone zone = new HostedZone(work);
    Optional<String> none = zone.lack();
    if (none.isPresent()) {
      return new Readiness(false, none.get(), null);
    }
    List<RecordSet> found = zone.like(wanted);
    Optional<String> lack = lack(work, wanted, found);
    return new Readiness(
        lack.isEmpty(),
        lack.orElseGet(() ->
            "the record %s answers %s"
                .formatted(
                    work.with().record(),
                    same(wanted, found).map(RecordSet::answers).orElse("nothing yet"))),
        null);
  }
}
