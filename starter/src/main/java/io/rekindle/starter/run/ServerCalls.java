package io.rekindle.starter.run;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.rekindle.starter.BadInput;
import io.rekindle.starter.Failure;
import io.rekindle.starter.Unreachable;
import io.temporal.api.workflowservice.v1.WorkflowServiceGrpc.WorkflowServiceBlockingStub;
import io.temporal.serviceclient.WorkflowServiceStubs;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Questions to a Temporal server whose refusals are sentences. One that is not answered is asked
 * again, so it must be one that may come twice.
 *
 * @param where the server and the namespace, for people
 */
record ServerCalls(WorkflowServiceStubs stubs, String where) {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** A schedule that is just starting a drill may answer late. */
  private static final int ATTEMPTS = 3;

  /**
   * @param what is done, such as {@code creating the schedule x}
   */
  <T> T ask(String what, Function<WorkflowServiceBlockingStub, T> call) {
    try {
      return now(call);
    } catch (StatusRuntimeException refused) {
      throw failure(what, refused.getStatus());
    }
  }

  /** The same for what may be missing: then the server answers with that code. */
  <T> Optional<T> find(
      String what, Status.Code missing, Function<WorkflowServiceBlockingStub, T> call) {
    try {
      return Optional.of(now(call));
    } catch (StatusRuntimeException refused) {
      if (refused.getStatus().getCode() == missing) {
        return Optional.empty();
      }
      throw failure(what, refused.getStatus());
    }
  }

  private <T> T now(Function<WorkflowServiceBlockingStub, T> call) {
    int attempt = 1;
    while (true) {
      try {
        return call.apply(
            stubs.blockingStub().withDeadlineAfter(PATIENCE.toMillis(), TimeUnit.MILLISECONDS));
      } catch (StatusRuntimeException refused) {
        if (attempt == ATTEMPTS || !isSilence(refused.getStatus())) {
          throw refused;
        }
        attempt++;
      }
    }
  }

  private static boolean isSilence(Status status) {
    return status.getCode() == Status.Code.UNAVAILABLE
        || status.getCode() == Status.Code.DEADLINE_EXCEEDED;
  }

  private Failure failure(String what, Status status) {
    if (status.getCode() == Status.Code.UNIMPLEMENTED) {
      return new BadInput(
          "The Temporal server at %s has no schedules: it is the small one that stands in where there is"
                  .formatted(where)
              + " no `temporal` command. Use --address of a real one.");
    }
    if (isSilence(status)) {
      return new Unreachable(
          "The Temporal server at %s did not answer when %s: %s. Try again; what was done stays."
              .formatted(where, what, status.getDescription()));
    }
    return new BadInput(
        "The Temporal server at %s refused %s: %s. Mend that and try again; what was done stays."
            .formatted(where, what, status.getDescription()));
  }
}
