package io.rekindle.action.aws.route53;

import io.rekindle.action.aws.Work;
import io.rekindle.plan.step.traffic.Route53;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.route53.Route53Client;
import software.amazon.awssdk.services.route53.model.ChangeAction;
import software.amazon.awssdk.services.route53.model.GetHostedZoneResponse;
import software.amazon.awssdk.services.route53.model.NoSuchHostedZoneException;

/** The hosted zone of a step. */
record HostedZone(Work<Route53.Upsert> work) {

  private Route53Client route53() {
    return work.client(Route53Client.class, Route53Client::builder);
  }

  private String id() {
    return work.with().zone().value();
  }

  /** All records of the name and type of that one: two of a failover pair, for instance. */
  List<RecordSet> like(RecordSet wanted) {
    return route53()
        .listResourceRecordSets(request ->
            request
                .hostedZoneId(id())
                .startRecordName(wanted.set().name())
                .startRecordType(wanted.set().type()))
        .resourceRecordSets()
        .stream()
        .map(RecordSet::new)
        .filter(wanted::isNamed)
        .toList();
  }

  void put(RecordSet set) {
    change(ChangeAction.UPSERT, set);
  }

  void delete(RecordSet set) {
    change(ChangeAction.DELETE, set);
  }

  private void change(ChangeAction action, RecordSet set) {
    route53()
        .changeResourceRecordSets(request ->
            request
                .hostedZoneId(id())
                .changeBatch(batch ->
                    batch.changes(change -> change.action(action).resourceRecordSet(set.set()))));
  }

  /** Why no record of the step can be in it, if so. */
  Optional<String> lack() {
    try {
      GetHostedZoneResponse zone = route53().getHostedZone(request -> request.id(id()));
      String name = "." + zone.hostedZone().name();
      if (Boolean.TRUE.equals(zone.hostedZone().config().privateZone())) {
        return Optional.of(
            "the hosted zone %s is private: users cannot resolve it".formatted(id()));
      }
      return ("." + RecordSet.wanted(work.with()).set().name()).endsWith(name)
          ? Optional.empty()
          : Optional.of(
              "the hosted zone %s is for %s; %s is not in it"
                  .formatted(id(), zone.hostedZone().name(), work.with().record()));
    } catch (NoSuchHostedZoneException none) {
      return Optional.of("the hosted zone %s does not exist in this account".formatted(id()));
    }
  }
}
