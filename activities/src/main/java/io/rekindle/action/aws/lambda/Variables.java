package io.rekindle.action.aws.lambda;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rekindle.action.aws.FormerTexts;
import io.rekindle.action.aws.Work;
import io.rekindle.plan.step.compute.Lambda;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import software.amazon.awssdk.services.lambda.model.EnvironmentError;
import software.amazon.awssdk.services.lambda.model.EnvironmentResponse;

/**
 * The environment variables of a function. AWS replaces them as a whole, so all others are sent
 * along; their values, which may be secret, stay between AWS and this class.
 */
record Variables(Work<Lambda.Configure> work, SeenFunction function) {
  /**
   * As much as all take together, written as JSON. AWS's refusal would repeat every value.
   *
   * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html">Lambda
   *     quotas</a>
   */
  private static final int LIMIT = 4096;

  Map<String, String> present() {
    EnvironmentResponse environment = function.shown().environment();
    return environment == null ? Map.of() : environment.variables();
  }

  private Map<String, String> wanted() {
    Map<String, String> all = new TreeMap<>(present());
    all.putAll(work.with().environment());
    return all;
  }

  FormerTexts former() {
    return FormerTexts.of(work.with().environment().keySet(), present());
  }

  long differing() {
    Map<String, String> present = present();
    return work.with().environment().entrySet().stream()
        .filter(each -> !each.getValue().equals(present.get(each.getKey())))
        .count();
  }

  /** Whether what is wanted is what runs: a failed update is shown and does not run. */
  boolean areSet() {
    return differing() == 0 && !function.hasFailedToUpdate();
  }

  /** Why none can be set. */
  Optional<String> obstacle() {
    return hidden().or(this::excess);
  }

  /** Who sees none of the variables would take all of them away. */
  Optional<String> hidden() {
    EnvironmentResponse environment = function.shown().environment();
    EnvironmentError error = environment == null ? null : environment.error();
    return error == null
        ? Optional.empty()
        : Optional.of(
            "Lambda does not show the environment variables of %s (%s), and to set some would remove"
                    .formatted(function.it(), error.errorCode())
                + " all others: allow this role kms:Decrypt on the function's key, then retry");
  }

  private Optional<String> excess() {
    int size = size(wanted());
    return size <= LIMIT
        ? Optional.empty()
        : Optional.of(
            "the environment variables of %s would take %d bytes, and Lambda allows %d: remove some"
                    .formatted(function.it(), size, LIMIT)
                + " from the function or the step, then retry");
  }

  private static int size(Map<String, String> variables) {
    ObjectNode measured = JsonNodeFactory.instance.objectNode();
    variables.forEach(measured::put);
    return measured.toString().getBytes(UTF_8).length;
  }

  void set() {
    send(wanted());
  }

  void restore(FormerTexts former) {
    send(former.over(present()));
  }

  /** The revision keeps what somebody else has written since this look. */
  private void send(Map<String, String> all) {
    SeenFunction.lambda(work)
        .updateFunctionConfiguration(request ->
            request
                .functionName(work.with().function())
                .revisionId(function.shown().revisionId())
                .environment(environment -> environment.variables(all)));
  }
}
