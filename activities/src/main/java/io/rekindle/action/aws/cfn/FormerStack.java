package io.rekindle.action.aws.cfn;

import io.rekindle.action.Observation.Due;
import io.rekindle.plan.step.compute.Cfn.Deploy.Change;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.cloudformation.model.Stack;

/**
 * A stack before the step, as history holds it.
 *
 * @param parameters by names that only its template knows
 */
record FormerStack(Before before, Map<String, String> parameters) {
  /** What no name of another part of the state begins with. */
  private static final String PARAMETER = "parameter ";

  /**
   * @param stackId absent where there was none
   */
  record Before(@Nullable String stackId, List<String> capabilities, FormerTemplate template) {}

  static FormerStack of(Stack stack, FormerTemplate template) {
    return new FormerStack(
        new Before(stack.stackId(), stack.capabilitiesAsStrings(), template),
        Stacks.parameters(stack));
  }

  static FormerStack of(Due made) {
    Map<String, String> parameters = new TreeMap<>();
    made.before()
        .forEach((name, value) -> {
          if (name.startsWith(PARAMETER)) {
            parameters.put(name.substring(PARAMETER.length()), value);
          }
        });
    return new FormerStack(made.before(Before.class), parameters);
  }

  Due due(Change change) {
    Due due = Due.of(change, before);
    Map<String, String> all = new TreeMap<>(due.before());
    parameters.forEach((name, value) -> all.put(PARAMETER + name, value));
    return new Due(due.change(), all);
  }

  boolean existed() {
    return before.stackId() != null;
  }
}
