package io.rekindle.run;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** What is known of a run only while this execution of it lasts. */
final class Meanwhile {
  private final Map<String, Decision.AboutStep> answers = new HashMap<>();
  private List<String> untouched = List.of();
  private Optional<JsonNode> amended = Optional.empty();
  private int changing;
  private int checking;
  private boolean parting;

  /** What a person decided about a step that waits for it. */
  void answer(Decision.AboutStep decision) {
    answers.put(decision.step(), decision);
  }

  boolean isAnswered(String step) {
    return answers.containsKey(step);
  }

  Optional<Decision.AboutStep> takeAnswer(String step) {
    return Optional.ofNullable(answers.remove(step));
  }

  void amend(Optional<JsonNode> plan) {
    amended = plan;
  }

  /** The plan that another execution of the run is to take. */
  Optional<JsonNode> amended() {
    return amended;
  }

  /** Stores of which it is proven that nothing was written to them by now. */
  void untouched(List<String> stores) {
    untouched = List.copyOf(stores);
  }

  List<String> untouched() {
    return untouched;
  }

  /** While it lasts, something is being changed. */
  <T> T changing(Supplier<T> change) {
    changing++;
    try {
      return change.get();
    } finally {
      changing--;
    }
  }

  /** While it lasts, checks are under way that another execution would not hear of. */
  <T> T checking(Supplier<T> check) {
    checking++;
    try {
      return check.get();
    } finally {
      checking--;
    }
  }

  /** From now on nothing new is begun: another execution is about to go on with the run. */
  void part() {
    parting = true;
  }

  boolean isParting() {
    return parting;
  }

  /** Whether nothing is under way that another execution would not know of. */
  boolean isAtRest() {
    return isInterruptible() && checking == 0;
  }

  boolean isChanging() {
    return changing > 0;
  }

  /** Whether nothing is being changed, and nothing that was decided is still to be obeyed. */
  boolean isInterruptible() {
    return answers.isEmpty() && !isChanging();
  }
}
