package io.rekindle.run;

import io.rekindle.run.Finding.Verdict;
import io.rekindle.run.StepState.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

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
    of(Verdict.FAIL)
        .forEach(finding -> sentences.add(finding.name() + " fails: " + finding.says()));
    of(Verdict.UNKNOWN)
        .forEach(finding -> sentences.add(finding.name() + " is not known: " + finding.says()));
    names(Verdict.FAIL)
        .ifPresent(failing ->
            sentences.add("mend what fails, or accept it by name with a yes: " + failing));
    summary("can work right now", Verdict.PASS).ifPresent(sentences::add);
    summary("cannot be told yet", Verdict.LATER).ifPresent(sentences::add);
    return sentences;
  }

  private Optional<String> summary(String what, Verdict verdict) {
    String steps = of(verdict).stream().map(Finding::step).collect(Collectors.joining(", "));
    return steps.isEmpty() ? Optional.empty() : Optional.of(what + ": " + steps);
  }

  private Optional<String> names(Verdict verdict) {
    List<String> names = of(verdict).stream().map(Finding::name).toList();
    return names.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", names));
  }

  private List<Finding> of(Verdict verdict) {
    return state.findings().stream()
        .filter(finding -> finding.is(verdict) && pending.contains(finding.step()))
        .toList();
  }
}
