package io.rekindle.action.aws.lambda;

import io.rekindle.action.aws.Work;
import io.rekindle.plan.step.compute.Lambda;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.GetFunctionConfigurationResponse;
import software.amazon.awssdk.services.lambda.model.ResourceNotFoundException;

/**
 * A function as Lambda shows it. A state that nobody knows yet is taken for one that passes, and
 * said.
 *
 * @param it what it is, for a sentence
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/functions-states.html">Lambda function
 *     states</a>
 */
record SeenFunction(String it, GetFunctionConfigurationResponse shown) {
  static final Duration LOOK = Duration.ofSeconds(5);

  static Optional<SeenFunction> find(Work<? extends Lambda> work, String name) {
    return find(work, name, null);
  }

  /**
   * @param qualifier an alias or the number of a version; null for what is not published
   */
  static Optional<SeenFunction> find(
      Work<? extends Lambda> work, String name, @Nullable String qualifier) {
    try {
      return Optional.of(
          new SeenFunction(
              it(work, name),
              lambda(work)
                  .getFunctionConfiguration(
                      request -> request.functionName(name).qualifier(qualifier))));
    } catch (ResourceNotFoundException none) {
      return Optional.empty();
    }
  }

  static LambdaClient lambda(Work<? extends Lambda> work) {
    return work.client(LambdaClient.class, LambdaClient::builder);
  }

  static String it(Work<? extends Lambda> work, String name) {
    return "the function %s in %s".formatted(name, work.call().region());
  }

  static String missing(Work<? extends Lambda> work, String name) {
    return it(work, name) + " does not exist";
  }

  String state() {
    return String.valueOf(shown.stateAsString());
  }

  String lastUpdate() {
    return String.valueOf(shown.lastUpdateStatusAsString());
  }

  boolean isActive() {
    return state().equals("Active");
  }

  boolean isReady() {
    return isActive() && lastUpdate().equals("Successful");
  }

  boolean isInactive() {
    return state().equals("Inactive");
  }

  boolean hasFailedToUpdate() {
    return lastUpdate().equals("Failed");
  }

  /** Whether it can be neither invoked nor altered, and stays so. */
  Optional<String> loss() {
    return switch (state()) {
      case "Failed", "ActiveNonInvocable", "Deactivating", "Deactivated", "Deleting" ->
          Optional.of(
              "%s is '%s'%s; deploy it anew or correct what Lambda names, then retry"
                  .formatted(
                      it, state(), why(shown.stateReasonCodeAsString(), shown.stateReason())));
      default -> Optional.empty();
    };
  }

  /** Why what was asked for last is not what runs; what ran before still does. */
  Optional<String> failedUpdate() {
    return hasFailedToUpdate()
        ? Optional.of(
            "the last update of %s is 'Failed'%s"
                .formatted(
                    it,
                    why(
                        shown.lastUpdateStatusReasonCodeAsString(),
                        shown.lastUpdateStatusReason())))
        : Optional.empty();
  }

  private static String why(@Nullable String code, @Nullable String reason) {
    return code == null ? "" : ": " + code + (reason == null ? "" : ", " + reason);
  }

  String progress() {
    return "%s is '%s' and its last update '%s'".formatted(it, state(), lastUpdate());
  }
}
