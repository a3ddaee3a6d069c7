package io.rekindle.run;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** What is known of a run only while this execution of it lasts. */
final class Meanwhile {
  private final Map<String, Decision.AboutStep> answers = new HashMap<>();
  private Optional<JsonNode> amended = Optional.empty();
  private int changing;
  private int checking;

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

  /** Whether nothing is under way that another execution would not know of. */
  boolean isAtRest() {
    return answers.isEmpty() && checking == 0;
  }

  /** Whether nothing is being changed, and nothing that was decided is still to be obeyed. */
  boolean isInterruptible() {
    return answers.isEmpty() && changing == 0;
  }
}
