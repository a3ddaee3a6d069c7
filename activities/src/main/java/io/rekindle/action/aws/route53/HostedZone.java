package io.rekindle.action.aws.route53;

import io.rekindle.action.aws.Work;
import io.rekindle.plan.step.traffic.Route53;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.route53.Route53Client;
import software.amazon.awssdk.services.route53.model.Change;
import software.amazon.awssdk.services.route53.model.ChangeAction;
import software.amazon.awssdk.services.route53.model.ChangeInfo;
import software.amazon.awssdk.services.route53.model.GetHostedZoneResponse;
import software.amazon.awssdk.services.route53.model.NoSuchChangeException;
import software.amazon.awssdk.services.route53.model.NoSuchHostedZoneException;

/** The hosted zone of a step. */
record HostedZone(Work<Route53.Upsert> work) {

  private Route53Client route53() {
    return work.client(Route53Client.class, Route53Client::builder);
  }

  private String id() {
    return work.with().zone().value();
  }

  /** All records of that name, of whatever type. */
  List<RecordSet> named(RecordSet wanted) {
    return route53()
        .listResourceRecordSetsPaginator(
            request -> request.hostedZoneId(id()).startRecordName(wanted.set().name()))
        .resourceRecordSets()
        .stream()
        .map(RecordSet::new)
        .takeWhile(wanted::hasNameOf)
        .toList();
  }

  /** Makes all changes at once or none, and gives what Route 53 calls them. */
  String change(List<Change> changes) {
    return route53()
        .changeResourceRecordSets(
            request -> request.hostedZoneId(id()).changeBatch(batch -> batch.changes(changes)))
        .changeInfo()
        .id()
        .replace("/change/", "");
  }

  static Change put(RecordSet set) {
    return Change.builder().action(ChangeAction.UPSERT).resourceRecordSet(set.set()).build();
  }

  static Change delete(RecordSet set) {
    return Change.builder().action(ChangeAction.DELETE).resourceRecordSet(set.set()).build();
  }

  /**
   * How far a change is; empty when Route 53 does not know it any more, as after a failover of its
   * control plane.
   */
  Optional<ChangeInfo> state(String change) {
    try {
      return Optional.of(route53().getChange(request -> request.id(change)).changeInfo());
    } catch (NoSuchChangeException forgotten) {
      return Optional.empty();
    }
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
      return ("." + RecordSet.wanted(work.with()).getFirst().set().name()).endsWith(name)
          ? Optional.empty()
          : Optional.of(
              "the hosted zone %s is for %s; %s is not in it"
                  .formatted(id(), zone.hostedZone().name(), work.with().record()));
    } catch (NoSuchHostedZoneException none) {
      return Optional.of(
          ("the hosted zone %s does not exist in this account; one of another account needs the"
                  + " field role")
              .formatted(id()));
    }
  }
}
