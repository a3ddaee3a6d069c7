package io.rekindle.starter.run;

import io.rekindle.action.Readiness.RecoveryPoint;
import io.rekindle.plan.Kind;
import io.rekindle.plan.Plan;
import io.rekindle.plan.shape.Shapes;
import io.rekindle.run.RunState;
import io.rekindle.run.StepState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * How much data is lost: what was written after the copies that were restored.
 *
 * @param most the most that is known of
 * @param gaps why it is not known of everything, a sentence each
 */
public record DataLoss(Optional<Duration> most, List<String> gaps) {

  static DataLoss of(Plan plan, RunState state) {
    Tally tally = new Tally(state);
    plan.stores().forEach(tally::account);
    new TreeSet<>(state.pins().keySet())
        .stream()
            .filter(step -> plan.stores().stream().noneMatch(store -> step.equals(store.step())))
            .forEach(step -> tally.account("what '" + step + "' restores", step));
    return new DataLoss(tally.most, List.copyOf(tally.gaps));
  }

  /** Whether nothing is lost but this; empty where nothing is restored at all. */
  public Optional<Boolean> isWithin(Duration limit) {
    return gaps.isEmpty() ? most.map(loss -> loss.compareTo(limit) <= 0) : Optional.of(false);
  }

  /** Goes through everything that holds data. */
  private static final class Tally {
    private final RunState state;
    private final List<String> gaps = new ArrayList<>();
    private Optional<Duration> most = Optional.empty();

    Tally(RunState state) {
      this.state = state;
    }

    void account(Plan.Store store) {
      if (store.step() != null) {
        account("'" + store.id() + "'", store.step());
      } else if (store.accepted() == null) {
        gaps.add("nothing brings '" + store.id() + "' back");
      }
    }

    void account(String what, String step) {
      Optional<StepState> found =
          state.steps().stream().filter(each -> each.id().equals(step)).findFirst();
      if (found.isEmpty()) {
        gaps.add("%s is not restored: step '%s' is not in this run".formatted(what, step));
        return;
      }
      StepState restoring = found.get();
      if (restoring.status() != StepState.Status.DONE) {
        gaps.add(
            "%s is not restored: step '%s' is %s"
                .formatted(what, step, Shapes.word(restoring.status())));
        return;
      }
      Optional<Instant> point = point(restoring);
      point.map(this::lostSince).ifPresent(loss -> most = Optional.of(longer(loss)));
      if (point.isEmpty()) {
        gaps.add("how old %s is, step '%s' does not tell".formatted(what, step));
      }
    }

    private Optional<Instant> point(StepState step) {
      return Optional.ofNullable(state.pins().get(step.id()))
          .map(RecoveryPoint::time)
          .or(() ->
              Optional.ofNullable(step.outputs().get(Kind.RECOVERY_POINT))
                  .filter(time -> !time.isBlank())
                  .map(Instant::parse));
    }

    /** What a replica had after the impact was not lost. */
    private Duration lostSince(Instant point) {
      Duration loss = Duration.between(point, state.clocks().zero());
      return loss.isNegative() ? Duration.ZERO : loss;
    }

    private Duration longer(Duration loss) {
      return most.filter(known -> known.compareTo(loss) > 0).orElse(loss);
    }
  }
}
