package io.rekindle.starter.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class UndoTest {
  private final List<String> told = new ArrayList<>();
  private final Undo undo = new Undo();

  private AutoCloseable part(String name) {
    told.add(name + " begins");
    return () -> told.add(name + " ends");
  }

  @Test
  void theLastEndsFirstAndEachOnce() {
    undo.begin(() -> part("server"));
    undo.begin(() -> part("worker"));

    undo.close();
    undo.close();

    assertThat(told)
        .containsExactly("server begins", "worker begins", "worker ends", "server ends");
  }

  @Test
  void nothingBeginsOnceItHasEnded() {
    undo.close();

    assertThatThrownBy(() -> undo.begin(() -> part("worker"))).isInstanceOf(StackFailure.class);
    assertThat(told).isEmpty();
  }

  @Test
  void onePartThatFailsToEndKeepsNoOtherFromIt() {
    undo.begin(() -> part("server"));
    undo.begin(() ->
        () -> {
          throw new IllegalStateException("stuck");
        });

    assertThatThrownBy(undo::close).hasMessageContaining("stuck");
    assertThat(told).containsExactly("server begins", "server ends");
  }
}
