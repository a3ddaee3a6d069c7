package io.rekindle.action.aws.route53;

import static io.rekindle.plan.step.traffic.Route53.Upsert.Change.UPSERT;
import static java.util.stream.Collectors.joining;

import io.rekindle.action.aws.Work;
import io.rekindle.action.aws.dns.Answer;
import io.rekindle.action.aws.dns.Answers;
import io.rekindle.action.aws.dns.Dns;
import io.rekindle.action.aws.dns.Values;
import io.rekindle.plan.step.traffic.Route53;
import io.rekindle.plan.step.traffic.Route53.RecordType;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.function.Predicate;
import software.amazon.awssdk.services.route53.model.ChangeInfo;
import software.amazon.awssdk.services.route53.model.ChangeStatus;

/**
 * Whether a new record has arrived at its users. Servers that speak must answer it. A silent one is
 * no sign of anything, as egress on port 53 may be closed: Route 53 then says whether all of them
 * have the change, and the resolver what users get.
 */
record Arrival(Work<Route53.Upsert> work, Dns dns) {
  private static final Duration LOOK = Duration.ofSeconds(10);

  /** Within this time Route 53 has a change on all its servers. */
  private static final Duration PROPAGATION = Duration.ofSeconds(60);

  /** Waits for it; then tells what everybody said. */
  String await(List<RecordSet> former) {
    List<String> seen = new ArrayList<>();
    boolean proven = work.with().failover() == null;
    if (proven) {
      for (RecordType type : work.with().types()) {
        Answers answers = answers(type);
        proven &= !answers.lacksAny();
        seen.add(answers.inWords());
      }
    }
    if (!proven) {
      word().ifPresent(seen::add);
    }
    awaitCaches(former);
    return seen.stream().collect(joining("; "));
  }

  private Answers answers(RecordType type) {
    String name = work.with().record().value();
    Answers answers = dns.ask(name, type.value());
    Optional<Answer> other = answers.otherThan(expected(type));
    if (other.isPresent()) {
      throw work.underWay(
          "not all name servers have the new record %s: %s".formatted(name, other.get().inWords()),
          LOOK);
    }
    return answers;
  }

  /** Who does not know what the target answers cannot find fault with anybody. */
  private Predicate<Answer> expected(RecordType type) {
    Route53.Alias alias = work.with().alias();
    if (alias == null) {
      SortedSet<String> values = Values.of(type.value(), work.with().values(type));
      return answer -> answer.is(values);
    }
    SortedSet<String> addresses = dns.addresses(alias.target().value(), type.value());
    return answer -> addresses.isEmpty() || answer.leadsTo(addresses);
  }

  /** What Route 53 says of the change; nothing where none was made. */
  private Optional<String> word() {
    if (work.made(UPSERT).isEmpty()) {
      return Optional.empty();
    }
    Optional<String> id = work.receipt(UPSERT);
    Optional<ChangeInfo> state = id.flatMap(new HostedZone(work)::state);
    if (state.isEmpty()) {
      return Optional.of("Route 53 was not asked: it has no name for the change, or forgot it");
    }
    if (state.get().status() != ChangeStatus.INSYNC) {
      throw work.underWay(
          "Route 53 says that the change %s of %s is %s"
              .formatted(id.get(), work.with().record(), state.get().statusAsString()),
          LOOK);
    }
    return Optional.of("Route 53 says that the change %s is INSYNC".formatted(id.get()));
  }

  /** What others remember they learned at the latest when the change was nearly everywhere. */
  private void awaitCaches(List<RecordSet> former) {
    Duration ttl =
        former.stream().map(RecordSet::ttl).max(Comparator.naturalOrder()).orElse(Duration.ZERO);
    Instant over = work.changed().plus(work.pace().of(PROPAGATION.plus(ttl)));
    if (work.made(UPSERT).isPresent() && Instant.now().isBefore(over)) {
      throw work.underWay(
          "the new record %s is in place; caches may keep the former one until %s"
              .formatted(work.with().record(), over),
          LOOK);
    }
  }
}
