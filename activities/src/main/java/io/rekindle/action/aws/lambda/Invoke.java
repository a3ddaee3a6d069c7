package io.rekindle.action.aws.lambda;

import io.rekindle.action.Observation;
import io.rekindle.action.Observation.Broken;
import io.rekindle.action.Observation.Due;
import io.rekindle.action.Observation.Settled;
import io.rekindle.action.Readiness;
import io.rekindle.action.aws.ActionHandler;
import io.rekindle.action.aws.Work;
import io.rekindle.plan.step.compute.Lambda;
import io.rekindle.plan.step.compute.Lambda.Invoke.Change;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.InvocationType;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;
import software.amazon.awssdk.services.lambda.model.LogType;

/** AWS keeps nobody from invoking twice: the function knows a repetition by its payload. */
@Singleton
final class Invoke implements ActionHandler<Lambda.Invoke> {
  private static final Duration LONGEST = Duration.ofSeconds(25);
  private static final Duration UNTIL_NEXT = Duration.ofSeconds(10);

  @Override
  public Class<Lambda.Invoke> declaration() {
    return Lambda.Invoke.class;
  }

  private static Optional<SeenFunction> find(Work<Lambda.Invoke> work) {
    return SeenFunction.find(work, work.with().function(), work.with().alias());
  }

  @Override
  public Observation observe(Work<Lambda.Invoke> work) {
    Optional<String> result = work.receipt(Change.INVOKE);
    if (result.isPresent()) {
      return Settled.of(new Lambda.Invoke.Outputs(result.get()));
    }
    Optional<SeenFunction> found = find(work);
    Optional<String> lack = lack(work, found);
    if (lack.isPresent()) {
      return new Broken(lack.get());
    }
    SeenFunction function = found.orElseThrow();
    if (!function.isActive() && !function.isInactive()) {
      throw work.underWay(function.progress(), SeenFunction.LOOK);
    }
    return Due.of(Change.INVOKE);
  }

  private static Optional<String> lack(Work<Lambda.Invoke> work, Optional<SeenFunction> found) {
    return found.map(SeenFunction::loss).orElseGet(() -> Optional.of(it(work) + " does not exist"));
  }

  private static String it(Work<Lambda.Invoke> work) {
    @Nullable String alias = work.with().alias();
    String function = SeenFunction.it(work, work.with().function());
    return alias == null ? function : "the alias or version %s of %s".formatted(alias, function);
  }

  /** What is not as expected yet may be at the next time. */
  @Override
  public void apply(Work<Lambda.Invoke> work, Due due) {
    if (work.receipt(Change.INVOKE).isPresent()) {
      return;
    }
    Returned returned = Returned.of(invoke(work));
    returned
        .failure(work.with().expect())
        .ifPresent(failure -> {
          throw work.underWay(it(work) + " " + failure, UNTIL_NEXT);
        });
    work.keepReceipt(returned.shortened());
  }

  /** Its log stays where it is: it may hold what must not stand in a history. */
  private static InvokeResponse invoke(Work<Lambda.Invoke> work) {
    return work.clientThatSendsOnce(LambdaClient.class, LambdaClient::builder)
        .invoke(request ->
            request
                .functionName(work.with().function())
                .qualifier(work.with().alias())
                .invocationType(InvocationType.REQUEST_RESPONSE)
                .logType(LogType.NONE)
                .payload(SdkBytes.fromUtf8String(Payload.of(work)))
                .overrideConfiguration(limits -> limits.apiCallAttemptTimeout(LONGEST)));
  }

  @Override
  public void undo(Work<Lambda.Invoke> work) {}

  @Override
  public Readiness check(Work<Lambda.Invoke> work) {
    Optional<SeenFunction> found = find(work);
    return lack(work, found)
        .map(lack -> new Readiness(false, lack, null))
        .orElseGet(() -> readiness(work, found.orElseThrow()));
  }

  private static Readiness readiness(Work<Lambda.Invoke> work, SeenFunction function) {
    int timeout = function.shown().timeout();
    String late =
        timeout > LONGEST.toSeconds()
            ? "; it may take %d seconds, and only what it answers within %d counts"
                .formatted(timeout, LONGEST.toSeconds())
            : "";
    return new Readiness(
        function.isActive(), it(work) + " is '" + function.state() + "'" + late, null);
  }
}
