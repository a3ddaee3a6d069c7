package io.rekindle.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.rekindle.action.Observation.Due;
import io.rekindle.action.Readiness.RecoveryPoint;
import io.rekindle.run.Finding.Verdict;
import io.rekindle.run.RunState.Evidence;
import io.rekindle.run.RunState.Health;
import io.rekindle.run.RunState.Outlook;
import io.rekindle.run.RunState.Ruling;
import io.rekindle.run.StepState.Status;
import io.temporal.common.converter.DefaultDataConverter;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** However long a run lasts and whatever is said to it, what it remembers fits into one payload. */
class MemoryTest {
  private static final Instant NOW = Instant.parse("2026-11-21T03:00:00.123456789Z");
  private static final int STEPS = 500;

  /** With a plan of 1 MiB, what the server takes. */
  private static final int MOST = 900_000;

  private static final String ID = "x".repeat(60);
  private static final String LONG = "再\"\n".repeat(100_000);
  private static final Due RESTORE = new Due("restore-the-instance", Map.of());

  private RunState state = RunState.beginning("x".repeat(63), "a1b2c3", NOW, NOW);

  private int size() {
    return DefaultDataConverter.STANDARD_INSTANCE
        .toPayload(state)
        .orElseThrow()
        .getSerializedSize();
  }

  private void put(StepState step) {
    state = state.with(draft -> draft.steps.put(step.id(), step));
  }

  private StepState step(String id) {
    return state.steps().stream().filter(step -> step.id().equals(id)).findFirst().orElseThrow();
  }

  @Test
  void theWidestPlanWithEveryStepBlocked() {
    for (int i = 0; i < STEPS; i++) {
      put(
          StepState.pending(ID + i)
              .running(NOW)
              .begun(RESTORE, NOW)
              .answered(RESTORE, "", NOW)
              .blocked(LONG));
    }
    remembersAllElse();
    assertThat(size()).isLessThan(MOST);
    assertThat(step(ID + 499).note()).startsWith("再").contains("characters in all)");
  }

  @Test
  void theWidestPlanWithEveryGateOpen() {
    Outlook all = new Outlook(Duration.ofHours(1), Collections.nCopies(STEPS, ID));
    for (int i = 0; i < STEPS; i++) {
      String id = ID + i;
      put(StepState.pending(id).asking(NOW));
      Gate gate =
          new Gate(
              id,
              LONG,
              1,
              NOW,
              NOW,
              1,
              List.of(),
              false,
              Collections.nCopies(STEPS, ID),
              "3fa9c1d2",
              NOW,
              LONG,
              all,
              true);
      state = state.with(draft -> draft.gates.put(id, gate));
    }
    remembersAllElse();
    assertThat(size()).isLessThan(MOST);
    assertThat(state.gates().getLast().outlook().oneWay().getLast()).matches("and \\d+ more");
  }

  private void remembersAllElse() {
    state =
        state.with(draft -> {
          draft.evidence =
              IntStream.range(0, 100)
                  .mapToObj(i -> new Evidence(ID + i, Health.FAILING, LONG))
                  .toList();
          IntStream.range(0, 3_000).forEach(i -> draft.rulings.add(ruling(i)));
          IntStream.range(0, 100).forEach(i -> draft.lost.add(LONG));
          draft.ending = LONG;
          draft.found(
              IntStream.range(0, STEPS)
                  .mapToObj(i -> new Finding(ID + i, Verdict.FAIL, LONG))
                  .toList());
          IntStream.range(0, STEPS / 2)
              .forEach(i -> draft.pins.put(ID + i, new RecoveryPoint("x".repeat(120), NOW)));
        });
    Map<String, String> outputs = Map.of("seen", "再".repeat(400));
    for (int i = 0; Memory.hasRoom(state, StepState.weight(outputs)); i++) {
      put(step(ID + i).over(Status.DONE, outputs, NOW, LONG));
    }
  }

  private static Ruling ruling(int number) {
    return new Ruling(NOW, "retry", Limit.NAME.cut(LONG), false, Memory.ofRuling(number + LONG));
  }

  @Test
  void ofThousandsOfRulingsTheNewestAreKeptAndItSaysThatThereWereOthers() {
    for (int i = 0; i < 3_000; i++) {
      Ruling ruling = ruling(i);
      state = state.with(draft -> draft.rulings.add(ruling));
    }
    assertThat(state.rulings()).hasSize(100);
    assertThat(state.rulings().getFirst().sentence())
        .isEqualTo(
            "earlier rulings are not kept here; the history of this run in Temporal has them");
    assertThat(state.rulings().get(1).sentence()).startsWith("2901");
    assertThat(state.rulings().getLast().sentence()).startsWith("2999");
  }

  @Test
  void valuesAreNeverCutButRefused() {
    assertThat(Memory.hasRoom(state, 32_000)).isTrue();
    assertThat(Memory.hasRoom(state, 32_001)).isFalse();
    String large = "x".repeat(31_000);
    for (int i = 0; i < 5; i++) {
      put(StepState.pending("step" + i).over(Status.DONE, Map.of("value", large), NOW, null));
    }
    assertThat(step("step4").outputs()).containsEntry("value", large);
    assertThat(Memory.hasRoom(state, 32_000)).isFalse();
    assertThat(Memory.tooMuch(32_001))
        .isEqualTo(
            "32,001 bytes are more than a run can remember: at most 32,000 at a time, and 160,000"
                + " in all");
  }
}
