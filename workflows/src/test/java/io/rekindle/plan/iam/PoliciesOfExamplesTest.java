package io.rekindle.plan.iam;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.rekindle.Repository;
import io.rekindle.plan.Plan;
import io.rekindle.plan.PlanReader;
import io.rekindle.plan.Step;
import io.rekindle.plan.Use;
import io.rekindle.plan.iam.Policies.Part;
import io.rekindle.plan.iam.Policies.Policy;
import io.rekindle.plan.reference.Example;
import io.rekindle.plan.step.Action;
import io.rekindle.plan.step.Permission;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds of the policies of every plan, seen on those that are shown. */
class PoliciesOfExamplesTest {
  private static List<String> examples() {
    return List.of(
        "aurora-serverless",
        "iot-frugal",
        "iot-multi-region",
        "pilot-light-service",
        "visitor-counter");
  }

  private static Plan plan(String name) {
    return PlanReader.read(Repository.path("examples/" + name + ".yaml")).plan().orElseThrow();
  }

  private static Stream<Policy> policies(Plan plan) {
    return Policies.of(plan, Map.of()).parts().stream().flatMap(part -> part.policies().stream());
  }

  private static Stream<JsonNode> statements(Plan plan) {
    return policies(plan).flatMap(policy -> all(policy.document().path("Statement")));
  }

  private static Stream<JsonNode> all(JsonNode oneOrMany) {
    return oneOrMany.isArray()
        ? StreamSupport.stream(oneOrMany.spliterator(), false)
        : Stream.of(oneOrMany);
  }

  private static Set<String> actions(Plan plan) {
    return statements(plan)
        .flatMap(statement -> all(statement.path("Action")))
        .map(JsonNode::asText)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Stream<Permission> declared(Use use) {
    return Example.of(use.kind()).map(Example::record).stream()
        .flatMap(record ->
            record instanceof Action action
                ? action.permissions(Example.REALM).stream()
                : Stream.of());
  }

  @ParameterizedTest
  @MethodSource("examples")
  void areWhatTheirKindsDeclare(String name) {
    Plan plan = plan(name);
    Set<String> services =
        plan.uses()
            .flatMap(PoliciesOfExamplesTest::declared)
            .map(permission -> permission.action().replaceFirst(":.*", ""))
            .collect(Collectors.toSet());
    // Drills look for what carries their tags, in whatever service.
    services.add("tag");

    assertThat(actions(plan)).noneMatch(action -> action.contains("*"));
    assertThat(actions(plan).stream().filter(action -> !action.equals("sts:AssumeRole")))
        .allMatch(action -> services.contains(action.replaceFirst(":.*", "")));
    plan.uses()
        .filter(use -> declared(use).findAny().isPresent())
        .forEach(use ->
            assertThat(Policies.of(plan, Map.of()).parts().stream().flatMap(this::spots))
                .contains(spot(use)));
  }

  private Stream<String> spots(Part part) {
    return part.reasons().stream()
        .flatMap(reason -> reason.uses().stream())
        .map(use -> use.replaceFirst(" \\(.*", ""));
  }

  private static String spot(Use use) {
    return switch (use) {
      case Step step -> step.id();
      case Plan.Evidence probe -> "probe " + probe.id();
      case Plan.Notice notice -> notice.uses();
    };
  }

  @ParameterizedTest
  @MethodSource("examples")
  void areOfASizeThatIamTakesAndNameNothingMadeUp(String name) {
    assertThat(policies(plan(name)))
        .isNotEmpty()
        .allSatisfy(policy -> {
          assertThat(policy.size()).isLessThanOrEqualTo(6_144);
          assertThat(policy.document().toString())
              .doesNotContain(Wildcards.RUN, Wildcards.TEXT, Wildcards.ACCOUNT)
              .doesNotContain("AbCdEf", "0example", "11111111-2222", "${");
        });
    assertThat(policies(plan(name)).map(Policy::name)).doesNotHaveDuplicates();
  }
}
