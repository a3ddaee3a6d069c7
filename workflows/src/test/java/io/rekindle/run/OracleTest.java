package io.rekindle.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.rekindle.action.ActionCall;
import io.rekindle.action.ActionCall.ActionKey;
import io.rekindle.action.Verb;
import io.rekindle.rehearse.RehearsalCloud;
import io.rekindle.rehearse.RehearsalCloud.Entry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The judge of random stories sees what it is for: within a few of them it catches a saboteur. */
class OracleTest {
  /** In the first two the saboteurs go round for a minute. */
  private static final long FIRST = 3;

  private static final long FEW = 10;

  @Test
  void catchesWhoChangesWithoutLookingFirst() {
    assertCaught(WithoutLook::new, ".* was made twice");
  }

  @Test
  void catchesWhoPutsTheAttemptIntoTheKey() {
    assertCaught(AttemptInKey::new, ".* was made \\d+ times, and wanted \\d+ times");
  }

  private static void assertCaught(Performance.Setting sabotage, String complaint) {
    try (Stage stage = new EmbeddedStage()) {
      assertThat(
              LongStream.range(FIRST, FIRST + FEW)
                  .mapToObj(seed -> Performance.of(RandomStory.of(seed), stage, sabotage))
                  .flatMap(played -> Oracle.complaints(played).stream())
                  .anyMatch(said -> said.matches(complaint)))
          .isTrue();
    }
  }

  /** A cloud whose handlers do not ask whether the change was made already. */
  private static final class WithoutLook extends Watch {
    private final List<Entry> again = new ArrayList<>();

    WithoutLook(RehearsalCloud cloud, Supplier<Instant> clock) {
      super(cloud, clock);
    }

    @Override
    @Nullable Object ask(Verb verb, ActionCall call, int attempt) {
      int before = super.log().size();
      Object answer = super.ask(verb, call, attempt);
      if (verb == Verb.APPLY && super.log().size() == before) {
        String key = call.key().of(Objects.requireNonNull(call.due()).change());
        again.add(
            new Entry(now(), call.kind(), call.key().step(), key, call.region(), call.with()));
      }
      return answer;
    }

    @Override
    List<Entry> log() {
      List<Entry> all = new ArrayList<>(super.log());
      all.addAll(again);
      return all;
    }
  }

  /** A cloud whose handlers think that another attempt is another change. */
  private static final class AttemptInKey extends Watch {
    AttemptInKey(RehearsalCloud cloud, Supplier<Instant> clock) {
      super(cloud, clock);
    }

    @Override
    @Nullable Object ask(Verb verb, ActionCall call, int attempt) {
      return super.ask(
          verb, verb == Verb.APPLY && attempt > 1 ? other(call, attempt) : call, attempt);
    }

    private static ActionCall other(ActionCall call, int attempt) {
      ActionKey key = call.key();
      return new ActionCall(
          call.kind(),
          call.with(),
          new ActionKey(key.application(), key.run() + attempt, key.step(), key.generation()),
          call.drill(),
          call.region(),
          call.near(),
          call.role(),
          call.point(),
          call.adopt(),
          call.news(),
          Objects.requireNonNull(call.due()),
          call.made(),
          call.answered(),
          call.receipts(),
          call.changed(),
          call.served(),
          call.planned(),
          call.now());
    }
  }
}
