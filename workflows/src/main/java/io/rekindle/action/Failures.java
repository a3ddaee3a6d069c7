package io.rekindle.action;

import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationErrorCategory;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.TimeoutFailure;
import java.time.Duration;

/** How a handler says that an attempt did not succeed, and how the workflow reads it. */
public final class Failures {
  /** The type of a failure that is no failure: the change is under way. */
  public static final String IN_PROGRESS = "InProgress";

  /** The type of a failure where nothing answered at all. */
  public static final String UNREACHABLE = "Unreachable";

  private static final Duration UNTIL_NEXT_TRY = Duration.ofSeconds(5);

  private Failures() {}

  /** Under way; look again after the delay. */
  public static ApplicationFailure inProgress(String status, Duration untilNextLook) {
    return ApplicationFailure.newBuilder()
        .setType(IN_PROGRESS)
        .setMessage(status)
        .setNextRetryDelay(untilNextLook)
        .setCategory(ApplicationErrorCategory.BENIGN)
        .build();
  }

  /** May pass by itself: throttling, server errors, a connection that broke. */
  public static ApplicationFailure passing(String type, String sentence) {
    return passing(type, sentence, UNTIL_NEXT_TRY);
  }

  /** The same, with the delay until the next attempt. */
  public static ApplicationFailure passing(String type, String sentence, Duration untilNextTry) {
    return ApplicationFailure.newBuilder()
        .setType(type)
        .setMessage(sentence)
        .setNextRetryDelay(untilNextTry)
        .build();
  }

  /** Will not pass by itself: a person must look. */
  public static ApplicationFailure lasting(String type, String sentence) {
    return ApplicationFailure.newBuilder()
        .setType(type)
        .setMessage(sentence)
        .setNonRetryable(true)
        .build();
  }

  /** What went wrong, as the handler said it last: an attempt that is cut off says nothing. */
  public static String sentence(ActivityFailure failure) {
    Throwable why =
        failure.getCause() instanceof TimeoutFailure timeout && timeout.getCause() != null
            ? timeout.getCause()
            : failure.getCause();
    if (why instanceof ApplicationFailure said) {
      return said.getOriginalMessage();
    }
    return String.valueOf(why == null ? failure.getMessage() : why.getMessage());
  }

  /** Whether the other side answered, if only to refuse. */
  public static boolean isAnswered(ActivityFailure failure) {
    return failure.getCause() instanceof ApplicationFailure said
        && !said.getType().equals(UNREACHABLE);
  }

  /** What a failure calls for: whether to try again, and who can put it right. */
  public enum FailureClass {
    /** Throttling, a server error, a connection that broke: the same call may work in a moment. */
    RETRY(true),
    /** Something is busy with another change: it works when that is over. */
    WAIT_STATE(true),
    /** AWS has no room for it: another size or zone may have. */
    CAPACITY(false),
    /** The account may not have more of it. */
    QUOTA(false),
    /** The role may not do it, or the key may not be used. */
    ACCESS(false),
    /** The call itself is wrong, or something that it names is not there. */
    FATAL(false);

    private final boolean passes;

    FailureClass(boolean passes) {
      this.passes = passes;
    }

    /** Whether it may pass by itself; otherwise a person must look. */
    public boolean passes() {
      return passes;
    }
  }
}
