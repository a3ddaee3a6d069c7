package io.rekindle.run;

import io.rekindle.run.Finding.Verdict;
import io.rekindle.run.StepState.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What is known of the steps to come, in sentences for those who decide. */
public final class Prospects {
  private final RunState state;
  private final Set<String> pending;

  private Prospects(RunState state) {
    this.state = state;
    this.pending =
        state.steps().stream()
            .filter(step -> step.status() == Status.PENDING)
            .map(StepState::id)
            .collect(Collectors.toSet());
  }

  /** What would be lost, what will not work, what nobody knows, and the rest in short. */
  public static List<String> of(RunState state) {
    return new Prospects(state).sentences();
  }

  private List<String> sentences() {
    List<String> sentences = new ArrayList<>();
    state.pins().entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(pin ->
            sentences.add(
                "'%s' restores %s; what was written after %s is lost"
                    .formatted(pin.getKey(), pin.getValue().id(), pin.getValue().time())));
    of(Verdict.FAIL).map(Finding::failure).forEach(sentences::add);
    of(Verdict.UNKNOWN)
        .forEach(finding -> sentences.add(finding.name() + " is not known: " + finding.says()));
    summary("mend what fails, or accept it by name with a yes", of(Verdict.FAIL).map(Finding::name))
        .ifPresent(sentences::add);
    summary("can work right now", of(Verdict.PASS).map(Finding::step)).ifPresent(sentences::add);
    summary("cannot be told yet", of(Verdict.LATER).map(Finding::step)).ifPresent(sentences::add);
    return sentences;
  }

  private static Optional<String> summary(String what, Stream<String> which) {
    String all = which.collect(Collectors.joining(", "));
    return all.isEmpty() ? Optional.empty() : Optional.of(what + ": " + all);
  }

  private Stream<Finding> of(Verdict verdict) {
    return state.findings().stream()
        .filter(finding -> finding.is(verdict) && pending.contains(finding.step()));
  }
}
