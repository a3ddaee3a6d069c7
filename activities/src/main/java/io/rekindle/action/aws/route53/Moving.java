package io.rekindle.action.aws.route53;

import static io.rekindle.plan.step.traffic.Route53.Upsert.Change.UPSERT;
import static java.util.stream.Collectors.joining;

import io.rekindle.action.Observation.Due;
import io.rekindle.action.aws.Work;
import io.rekindle.plan.step.traffic.Route53;
import io.rekindle.plan.step.traffic.Route53.RecordType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.route53.model.Change;

/**
 * The records that a step moves, all in one change, and what stands at their name.
 *
 * @param wanted one record set for each type
 * @param found all at the name, of whatever type
 */
record Moving(Work<Route53.Upsert> work, List<RecordSet> wanted, List<RecordSet> found) {
  private static final String BETWEEN = ",";

  static Moving of(Work<Route53.Upsert> work) {
    List<RecordSet> wanted = RecordSet.wanted(work.with());
    return new Moving(work, wanted, new HostedZone(work).named(wanted.getFirst()));
  }

  private String it() {
    return "the record %s in zone %s".formatted(work.with().record(), work.with().zone());
  }

  /** Why users cannot be moved by it. */
  Optional<String> lack() {
    return wanted.stream()
        .flatMap(set -> unlike(set).stream())
        .findFirst()
        .or(() -> new Siblings(wanted, found).lack().map(lack -> it() + " " + lack));
  }

  /** Route 53 refuses records that are routed in other ways beside each other. */
  private Optional<String> unlike(RecordSet set) {
    List<RecordSet> like = found.stream().filter(set::hasTypeOf).toList();
    if (!like.stream().allMatch(RecordSet::isRoutedKnownly)) {
      return Optional.of(
          it() + " has a routing policy that Rekindle does not change; change it by hand");
    }
    boolean single = set.set().setIdentifier() == null;
    boolean mixed = like.stream().anyMatch(each -> (each.set().setIdentifier() == null) != single);
    String lack =
        single
            ? " is half of a failover pair: set failover, with role primary or secondary"
            : " is simple: Route 53 allows no half of a failover pair beside it";
    return mixed ? Optional.of(it() + lack) : Optional.empty();
  }

  boolean isDone() {
    return wanted.stream().allMatch(set -> present(set).filter(set::says).isPresent());
  }

  private Optional<RecordSet> present(RecordSet set) {
    return found.stream().filter(set::isInPlaceOf).findFirst();
  }

  /** What is there now, as history holds it: under each type's name but the first one's. */
  Due due() {
    Map<String, String> before = new LinkedHashMap<>();
    for (RecordSet set : wanted) {
      present(set)
          .ifPresent(found ->
              Due.of(UPSERT, Former.of(found.set()))
                  .before()
                  .forEach((name, text) -> before.put(prefix(set.type()) + name, text)));
    }
    return new Due(UPSERT.word(), before);
  }

  private String prefix(String type) {
    return type.equals(wanted.getFirst().type()) ? "" : type + ".";
  }

  /** What was there before the change; what is there now, where nothing was changed. */
  List<RecordSet> former() {
    return work.made(UPSERT).isEmpty()
        ? wanted.stream().flatMap(set -> present(set).stream()).toList()
        : work.with().types().stream().flatMap(type -> recorded(type).stream()).toList();
  }

  private Optional<RecordSet> recorded(RecordType type) {
    String prefix = prefix(type.value());
    return work.made(UPSERT)
        .map(due -> new Due(due.change(), stripped(due.before(), prefix)).before(Former.class))
        .flatMap(former -> former.set(work.with(), type));
  }

  private static Map<String, String> stripped(Map<String, String> before, String prefix) {
    Map<String, String> own = new LinkedHashMap<>();
    before.forEach((name, text) -> {
      if (name.startsWith(prefix)) {
        own.put(name.substring(prefix.length()), text);
      }
    });
    return own;
  }

  /** The alias targets or values, separated by commas. */
  static String answers(List<RecordSet> sets) {
    return sets.stream().map(RecordSet::answers).distinct().collect(joining(BETWEEN));
  }

  /** In words, for a sentence. */
  String present() {
    String there = answers(wanted.stream().flatMap(set -> present(set).stream()).toList());
    return there.isEmpty() ? "nothing yet" : there;
  }

  /** What makes the records as wanted, all at once. */
  List<Change> changes() {
    return wanted.stream().map(HostedZone::put).toList();
  }

  /** Whether all is as it was before the change. */
  boolean isBack() {
    return changesBack().isEmpty();
  }

  /** Whether somebody else has changed a record since. */
  boolean isForeign() {
    return wanted.stream()
        .filter(set -> !isBack(set))
        .anyMatch(set -> present(set).filter(set::says).isEmpty());
  }

  /** What takes the change back, all at once. */
  List<Change> changesBack() {
    return wanted.stream()
        .filter(set -> !isBack(set))
        .map(set -> former(set).map(HostedZone::put).orElseGet(() -> HostedZone.delete(set)))
        .toList();
  }

  private Optional<RecordSet> former(RecordSet set) {
    return former().stream().filter(set::hasTypeOf).findFirst();
  }

  private boolean isBack(RecordSet set) {
    Optional<RecordSet> former = former(set);
    return former.isEmpty()
        ? present(set).isEmpty()
        : present(set).filter(former.get()::says).isPresent();
  }

  /** What a person does to take it back. */
  String byHand() {
    String former = answers(former());
    return former.isEmpty() ? "delete it" : "restore " + former;
  }
}
