package io.rekindle.starter.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.rekindle.run.RunState;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is shown of a run that has just gone on in another execution. */
class SeenTest {
  private static final JsonMapper JSON =
      JsonMapper.builder().addModule(new JavaTimeModule()).build();

  private static Seen seen(Optional<RunState> state) {
    return Seen.of("failover/shop", "shop", "a1b2c3", "RECOVERING", "RUNNING", state, List.of());
  }

  @Test
  void itsOwnWordIsNewerThanWhatTheServerShows() throws Exception {
    RunState serving =
        JSON.readValue(
            """
            { "application": "shop", "run": "a1b2c3", "phase": "SERVING", "outcome": "RECOVERED",
              "clocks": { "declared": "2026-01-01T00:00:00Z" } }
            """,
            RunState.class);
    assertThat(seen(Optional.of(serving)).phase()).isEqualTo("SERVING");
  }

  @Test
  void withoutAWorkerTheServerIsBelieved() {
    assertThat(seen(Optional.empty()).phase()).isEqualTo("RECOVERING");
  }
}
