package io.rekindle.action;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What there is of the services in which a drill makes something, whoever made it. */
@ActivityInterface
public interface Inventory {
  /** A mark for each thing that there is. */
  @ActivityMethod(name = "takeInventory")
  Marks takeInventory(Premises premises);

  /**
   * What is there, was not before, and is nobody else's. While there is something it is asked again
   * for some minutes, because AWS shows for a while what it has deleted.
   */
  @ActivityMethod(name = "findLeftovers")
  List<Leftover> findLeftovers(Premises premises, Marks before);

  /** The runs of earlier drills of the application that left something which has expired. */
  @ActivityMethod(name = "findExpired")
  SortedSet<String> findExpired(Premises premises);

  /** Takes that away, found by its tags alone; tells what it was. */
  @ActivityMethod(name = "removeExpired")
  List<String> removeExpired(Premises premises, Set<String> runs);

  /**
   * Where a drill acts, and as whom.
   *
   * @param kinds what it performs there
   * @param asFound whether something was found as the drill wants it and left so: the drill itself
   *     may have made it so, and not remember
   */
  record Premises(
      String application,
      String run,
      String region,
      @Nullable String role,
      SortedSet<String> kinds,
      boolean asFound) {
    public Premises {
      kinds = new TreeSet<>(kinds);
    }

    public Premises withSomethingAsFound() {
      return new Premises(application, run, region, role, kinds, true);
    }
  }

  /**
   * What a drill left behind.
   *
   * @param costs what it costs a day, in words
   */
  record Leftover(String what, String costs) {}
}
