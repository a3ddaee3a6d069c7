package io.rekindle.simulator.fake;

import io.rekindle.simulator.database.Databases;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** All stand-ins, in the order in which they see a request. */
public final class Fakes {
  private Fakes() {}

  /**
   * @param databases empty for instances without real databases
   * @param dark whether a Region does not answer at present
   */
  public static List<Fake> all(Pace pace, Optional<Databases> databases, Predicate<String> dark) {
    List<Fake> fakes =
        new ArrayList<>(
            List.of(
                new RdsGuards(),
                new RdsDeletions(pace),
                new RdsRenamings(pace),
                new RdsStates(pace)));
    databases.ifPresent(real -> fakes.add(new RdsData(real, dark)));
    fakes.add(new RdsDetails());
    return List.copyOf(fakes);
  }
}
