package io.rekindle.rehearse;

import io.rekindle.action.Failures;
import io.rekindle.action.Inventory;
import io.rekindle.action.Marks;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/** What there is in a cloud of facts: what its drills made and did not take away, and more. */
public final class RehearsalInventory implements Inventory {
  private final RehearsalCloud cloud;
  private final List<String> others = new ArrayList<>();
  private final Map<String, String> expired = new LinkedHashMap<>();
  private Optional<String> closed = Optional.empty();

  public RehearsalInventory(RehearsalCloud cloud) {
    this.cloud = cloud;
  }

  /** From now on there is something that no step answers for. */
  public synchronized void put(String thing) {
    others.add(thing);
  }

  /** From now on there is something of an earlier drill that has expired. */
  public synchronized void putExpired(String thing, String run) {
    expired.put(thing, run);
  }

  /** From now on nobody is shown anything. */
  public synchronized void close(String sentence) {
    closed = Optional.of(sentence);
  }

  private Stream<String> things(Premises premises) {
    closed.ifPresent(sentence -> {
      throw Failures.lasting("AccessDenied", sentence);
    });
    return Stream.of(
            others.stream(),
            expired.keySet().stream(),
            cloud.standing(premises.application() + "/" + premises.run() + "/").stream())
        .flatMap(each -> each);
  }

  @Override
  public synchronized Marks takeInventory(Premises premises) {
    return Marks.of(things(premises));
  }

  @Override
  public synchronized List<Leftover> findLeftovers(Premises premises, Marks before) {
    return things(premises)
        .filter(thing -> !before.has(thing))
        .map(thing -> new Leftover(thing, "nobody knows the cost"))
        .toList();
  }

  @Override
  public synchronized SortedSet<String> findExpired(Premises premises) {
    return new TreeSet<>(expired.values());
  }

  @Override
  public synchronized List<String> removeExpired(Premises premises, Set<String> runs) {
    List<String> gone =
        expired.entrySet().stream()
            .filter(thing -> runs.contains(thing.getValue()))
            .map(Map.Entry::getKey)
            .toList();
    gone.forEach(expired::remove);
    return gone;
  }
}
