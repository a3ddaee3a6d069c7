package io.rekindle.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.rekindle.plan.Plan;
import io.rekindle.plan.PlanReader;
import io.rekindle.rehearse.Script;
import io.rekindle.run.RunState.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Where nothing is wrong, every drill of every example succeeds and leaves nothing. */
class ExampleDrillsTest {
  private static List<Arguments> drills() throws IOException {
    List<Arguments> drills = new ArrayList<>();
    try (Stream<Path> examples = Files.list(Path.of("../examples"))) {
      for (Path example : examples.filter(each -> each.toString().endsWith(".yaml")).toList()) {
        Plan plan = PlanReader.admitted(PlanReader.tree(Files.readString(example)));
        plan.drills().forEach(drill -> drills.add(Arguments.of(example, drill.name())));
      }
    }
    return drills;
  }

  @ParameterizedTest
  @MethodSource("drills")
  void succeeds(Path example, String drill) throws IOException {
    try (Story story = Story.drill(Files.readString(example), drill, Script.SMOOTH)) {
      story.pass(Duration.ofDays(1));
      assertThat(story.status().outcome())
          .as("%s", story.status().ending())
          .isEqualTo(Outcome.DRILLED);
    }
  }
}
