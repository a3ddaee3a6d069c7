package io.rekindle.door;

import io.rekindle.plan.shape.Nearest;
import io.rekindle.plan.shape.Place;
import io.rekindle.plan.shape.Problem;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** What is wrong with options: each begins with the one it is about. */
final class Refusals {
  private final List<Problem> problems = new ArrayList<>();

  /** What is about no option by itself. */
  void refuse(String what) {
    problems.add(Problem.at(Place.START, "", what));
  }

  void refuse(String option, String what) {
    refuse(option, what, Optional.empty());
  }

  void refuse(String option, String what, Optional<String> nearest) {
    problems.add(Problem.at(Place.START, "", "--" + option + ": " + what).meaning(nearest));
  }

  /** Whether a name is one of those that there are. */
  boolean known(String option, String what, String name, Collection<String> names) {
    if (names.contains(name)) {
      return true;
    }
    refuse(option, "there is no " + what + " '" + name + "'", Nearest.to(name, names));
    return false;
  }

  List<Problem> all() {
    return List.copyOf(problems);
  }
}
