package io.rekindle.action.aws;

import com.fasterxml.jackson.databind.node.NullNode;
import io.rekindle.action.ActionCall;
import io.rekindle.action.ActionCall.ActionKey;
import io.rekindle.action.ActionCall.Point;
import io.rekindle.action.Failures;
import io.rekindle.action.Inventory;
import io.rekindle.action.Marks;
import io.rekindle.action.aws.AwsClients.Access;
import io.rekindle.action.aws.inventory.Cost;
import io.rekindle.action.aws.inventory.Shelf;
import io.rekindle.action.aws.inventory.Sort;
import io.rekindle.action.aws.inventory.Thing;
import io.rekindle.plan.Kinds;
import io.temporal.activity.Activity;
import io.temporal.activity.ActivityInfo;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.arns.Arn;

/** Looks at all that a drill may leave behind, in the services it uses and by its tags anywhere. */
@Singleton
public final class DrillInventory implements Inventory {
  private static final String WHAT = "the inventory of the drill";

  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(45);

  /** What AWS has deleted is gone from its lists after some minutes. */
  private static final int LOOKS = 8;

  private final List<Shelf> shelves;
  private final AwsClients clients;
  private final Pace pace;
  private final int looks;

  @Inject
  public DrillInventory(List<Shelf> shelves, AwsClients clients, Pace pace) {
    this(shelves, clients, pace, LOOKS);
  }

  /**
   * @param looks how often it is looked for what seems left
   */
  DrillInventory(List<Shelf> shelves, AwsClients clients, Pace pace, int looks) {
    this.shelves = shelves;
    this.clients = clients;
    this.pace = pace;
    this.looks = looks;
  }

  /** Something, and what sort of thing it is. */
  private record Item(Sort sort, Thing thing) {
    String words() {
      String state = thing.state().isEmpty() ? "" : ", " + thing.state();
      return sort.says() + " " + thing.name() + state;
    }
  }

  @Override
  public Marks takeInventory(Premises premises) {
    return visiting(
        premises, visit -> Marks.of(items(sorts(premises), visit).map(item -> item.thing().arn())));
  }

  @Override
  public List<Leftover> findLeftovers(Premises premises, Marks before) {
    List<Leftover> left = visiting(premises, visit -> leftovers(premises, visit, before));
    if (!left.isEmpty() && attempt() < looks) {
      String what = left.stream().map(Leftover::what).collect(Collectors.joining(", "));
      throw Failures.inProgress("still there: " + what, pace.of(BETWEEN_LOOKS));
    }
    return left;
  }

  private List<Leftover> leftovers(Premises premises, Visit visit, Marks before) {
    Ownership ours = ownership(premises);
    Stream<Leftover> unknownBefore =
        items(sorts(premises).filter(sort -> premises.asFound() || !sort.inPlace()), visit)
            .filter(item -> !before.has(item.thing().arn()))
            .filter(item -> isNobodyElses(item.thing(), ours))
            .map(item -> new Leftover(item.words(), item.thing().cost().words()));
    Stream<Leftover> tagged =
        TaggedThings.of(visit, ours).stream()
            .filter(arn -> sorts(premises).noneMatch(sort -> isOf(arn, sort)))
            .map(arn -> new Leftover(arn, Cost.UNKNOWN.words()));
    return Stream.concat(unknownBefore, tagged)
        .sorted(Comparator.comparing(Leftover::what))
        .toList();
  }

  /** Tags outlive what carries them: whatever has a shelf is believed to be there only if seen. */
  private static boolean isOf(String arn, Sort sort) {
    Arn it = Arn.fromString(arn);
    String type = it.resource().resourceType().orElse("");
    return sort.type().equals(it.service() + ":" + type);
  }

  /**
   * What another run made is for that run to take away, and what AWS makes by itself belongs to
   * what it is made of.
   */
  private static boolean isNobodyElses(Thing thing, Ownership ours) {
    if (Ownership.isMarked(thing.tags())) {
      return ours.isOfRun(thing.tags());
    }
    String prefix = ours.call().names().of("");
    return thing.source().isEmpty() || thing.source().startsWith(prefix);
  }

  @Override
  public SortedSet<String> findExpired(Premises premises) {
    return visiting(
        premises,
        visit ->
            expired(premises, visit)
                .map(item -> Ownership.runOf(item.thing().tags()))
                .collect(Collectors.toCollection(TreeSet::new)));
  }

  @Override
  public List<String> removeExpired(Premises premises, Set<String> runs) {
    return visiting(
        premises,
        visit -> {
          List<Item> all =
              expired(premises, visit)
                  .filter(item -> runs.contains(Ownership.runOf(item.thing().tags())))
                  .toList();
          all.forEach(item -> item.sort().removal().orElseThrow().accept(visit, item.thing()));
          return all.stream().map(Item::words).toList();
        });
  }

  private Stream<Item> expired(Premises premises, Visit visit) {
    Ownership ownership = ownership(premises);
    return items(sorts(premises).filter(sort -> sort.removal().isPresent()), visit)
        .filter(item -> ownership.hasExpired(item.thing().tags(), Instant.now()))
        .filter(item -> !ownership.isOfRun(item.thing().tags()));
  }

  private static Stream<Item> items(Stream<Sort> sorts, Visit visit) {
    return sorts.flatMap(sort -> sort.all().apply(visit).map(thing -> new Item(sort, thing)));
  }

  private Stream<Sort> sorts(Premises premises) {
    return shelves.stream()
        .filter(shelf -> premises.kinds().stream().anyMatch(kind -> isOn(shelf, kind)))
        .flatMap(shelf -> shelf.sorts().stream());
  }

  private static boolean isOn(Shelf shelf, String kind) {
    return Kinds.named(kind)
        .filter(known ->
            shelf.services().stream().anyMatch(each -> each.isAssignableFrom(known.type())))
        .isPresent();
  }

  private <T> T visiting(Premises premises, Function<Visit, T> doing) {
    ActivityInfo info = Activity.getExecutionContext().getInfo();
    Duration time = info.getStartToCloseTimeout().minus(Attempt.MARGIN);
    Access access = new Access(premises.region(), premises.role(), false);
    try (Attempt attempt =
        new Attempt(WHAT, call(premises), info.getAttempt(), time, Duration.ZERO).begin()) {
      return new Asking(clients, pace)
          .ask(attempt, access, () -> doing.apply(new Visit(clients, access)));
    }
  }

  private static int attempt() {
    return Activity.getExecutionContext().getInfo().getAttempt();
  }

  private static Ownership ownership(Premises premises) {
    return new Ownership(call(premises));
  }

  /** For the requests to say for whom they are. */
  @SuppressWarnings("NullAway") // It takes no notice of @Nullable inside a qualified type name.
  private static ActionCall call(Premises premises) {
    return new ActionCall(
        "drill",
        NullNode.getInstance(),
        new ActionKey(premises.application(), premises.run(), "inventory", 1),
        true,
        premises.region(),
        premises.region(),
        premises.role(),
        Point.NEWEST,
        false,
        null,
        null,
        List.of(),
        List.of(),
        Map.of(),
        null,
        false,
        false,
        Instant.EPOCH);
  }
}
