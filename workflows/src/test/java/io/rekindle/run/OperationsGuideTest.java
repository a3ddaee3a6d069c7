package io.rekindle.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.rekindle.Repository;
import io.rekindle.run.Operators.OperatorSignals;
import io.rekindle.run.Operators.OperatorUpdates;
import io.rekindle.run.RunState.Outcome;
import io.rekindle.run.RunState.Phase;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the guide for operators tells people to type is what a run understands. */
class OperationsGuideTest {
  private static final Pattern COMMAND =
      Pattern.compile(
          "temporal workflow (?<how>signal|update execute) --workflow-id failover/visitor-counter"
              + " --name (?<verb>\\w+) \\\\\n  --input '(?<payload>[^']*)'");
  private static final JsonMapper STRICT = JsonMapper.builder().findAndAddModules().build();

  private record Command(String how, String verb, String payload) {}

  private static List<Command> commands() throws IOException {
    return COMMAND
        .matcher(Files.readString(Repository.ROOT.resolve("docs/operations.md")))
        .results()
        .map(OperationsGuideTest::command)
        .toList();
  }

  private static Command command(MatchResult found) {
    return new Command(found.group(1), found.group(2), found.group(3));
  }

  private static Stream<Class<?>> decisions() {
    return Arrays.stream(Decision.class.getPermittedSubclasses())
        .flatMap(about -> Arrays.stream(about.getPermittedSubclasses()));
  }

  private static Class<?> decision(String verb) {
    return decisions()
        .filter(type -> type.getSimpleName().toLowerCase(Locale.ROOT).equals(verb))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void everyVerbStandsThereAsSignalAndAsUpdate() throws IOException {
    Set<String> verbs =
        decisions()
            .map(type -> type.getSimpleName().toLowerCase(Locale.ROOT))
            .collect(Collectors.toSet());
    for (Class<?> heard : List.of(OperatorSignals.class, OperatorUpdates.class)) {
      assertThat(heard.getMethods()).extracting(Method::getName).hasSameElementsAs(verbs);
    }
    for (String how : List.of("signal", "update execute")) {
      assertThat(commands().stream().filter(command -> command.how().equals(how)))
          .extracting(Command::verb)
          .containsExactlyInAnyOrderElementsOf(verbs);
    }
  }

  /** Unknown words would be ignored by a run, so the guide must not teach any. */
  @ParameterizedTest
  @MethodSource("commands")
  void everyPayloadIsUnderstood(Command command) throws IOException {
    assertThat(STRICT.readValue(command.payload(), decision(command.verb())))
        .isInstanceOf(Decision.class);
  }

  @Test
  void everyAttributeIsExplained() throws IOException {
    String guide = Files.readString(Repository.ROOT.resolve("docs/operations.md"));
    assertThat(Workflows.SEARCH_ATTRIBUTES).allMatch(name -> guide.contains("| `" + name + "` |"));
    assertThat(Stream.of(Phase.values()).map(Enum::name)).allMatch(guide::contains);
    assertThat(Stream.of(Outcome.values()).map(Enum::name)).allMatch(guide::contains);
  }
}
