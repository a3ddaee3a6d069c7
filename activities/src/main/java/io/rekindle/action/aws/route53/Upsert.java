package io.rekindle.action.aws.route53;

import static io.rekindle.plan.step.traffic.Route53.Upsert.Change.UPSERT;

import io.rekindle.action.Observation;
import io.rekindle.action.Observation.Broken;
import io.rekindle.action.Observation.Due;
import io.rekindle.action.Observation.Settled;
import io.rekindle.action.Readiness;
import io.rekindle.action.aws.ActionHandler;
import io.rekindle.action.aws.Work;
import io.rekindle.action.aws.dns.Dns;
import io.rekindle.plan.step.traffic.Route53;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.route53.model.InvalidChangeBatchException;

/** The records of one name, changed all at once or not at all. */
@Singleton
final class Upsert implements ActionHandler<Route53.Upsert> {
  private static final Duration LOOK = Duration.ofSeconds(10);

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
    if (work.made(UPSERT).isEmpty()) {
      Optional<String> none = new HostedZone(work).lack();
      if (none.isPresent()) {
        return new Broken(none.get());
      }
    }
    Moving moving = Moving.of(work);
    Optional<String> lack = moving.lack();
    if (lack.isPresent()) {
      return new Broken(lack.get());
    }
    return moving.isDone() ? arrived(work, moving.former()) : moving.due();
  }

  private Settled arrived(Work<Route53.Upsert> work, List<RecordSet> former) {
    String seen = new Arrival(work, dns).await(former);
    return Settled.of(
        new Route53.Upsert.Outputs(work.with().record().value(), Moving.answers(former), seen));
  }

  @Override
  public void apply(Work<Route53.Upsert> work, Due due) {
    Moving moving = Moving.of(work);
    if (moving.lack().isEmpty() && !moving.isDone()) {
      work.keepReceipt(new HostedZone(work).change(moving.changes()));
    }
  }

  @Override
  public void undo(Work<Route53.Upsert> work) {
    if (work.made(UPSERT).isEmpty()) {
      return;
    }
    Moving moving = Moving.of(work);
    if (moving.isBack()) {
      return;
    }
    if (moving.isForeign()) {
      throw work.refused(
          "somebody else has changed the record %s in zone %s since; %s by hand"
              .formatted(work.with().record(), work.with().zone(), moving.byHand()));
    }
    takeBack(work, moving);
    throw work.underWay(
        (moving.former().isEmpty() ? "deleting the record " : "restoring the former record ")
            + work.with().record(),
        LOOK);
  }

  /** Route 53 refuses to delete what is gone: so does the repetition of a request. */
  private static void takeBack(Work<Route53.Upsert> work, Moving moving) {
    try {
      new HostedZone(work).change(moving.changesBack());
    } catch (InvalidChangeBatchException refused) {
      if (!Moving.of(work).isBack()) {
        throw refused;
      }
    }
  }

  @Override
  public Readiness check(Work<Route53.Upsert> work) {
    Optional<String> none = new HostedZone(work).lack();
    if (none.isPresent()) {
      return new Readiness(false, none.get(), null);
    }
    Moving moving = Moving.of(work);
    Optional<String> lack = moving.lack();
    return new Readiness(
        lack.isEmpty(),
        lack.orElseGet(
            () -> "the record %s answers %s".formatted(work.with().record(), moving.present())),
        null);
  }
}
