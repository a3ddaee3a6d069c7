package io.rekindle.action.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.rekindle.simulator.contract.WireContract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;

/** What all tests of handlers and of the simulator together heard, once they are over. */
@DisabledIfSystemProperty(named = "test", matches = ".+", disabledReason = "only some tests ran")
class WireHeardIT {
  private static final int ENOUGH = 4_000;

  @Test
  void thousandsOfPairsWereHeldAgainstTheModels() {
    int pairs = reports().mapToInt(report -> Integer.parseInt(report.getFirst())).sum();
    System.out.println(
        "The wire: " + pairs + " requests and answers are as AWS's models have them.");
    assertThat(pairs).isGreaterThan(ENOUGH);
  }

  @Test
  void noExcuseIsLeftThatNobodyNeeds() {
    assertThat(reports().flatMap(report -> report.stream().skip(1)).distinct())
        .containsExactlyInAnyOrderElementsOf(WireContract.excuses());
  }

  private static Stream<List<String>> reports() {
    return Stream.of("target/wire", "../simulator/target/wire")
        .map(Path::of)
        .flatMap(WireHeardIT::files)
        .map(WireHeardIT::lines);
  }

  private static Stream<Path> files(Path folder) {
    try (Stream<Path> all = Files.list(folder)) {
      return all.toList().stream();
    } catch (IOException missing) {
      throw new UncheckedIOException(missing);
    }
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
