package io.rekindle.action.aws;

import io.rekindle.action.aws.AwsClients.Access;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Asks AWS, once more with new credentials where the old ones have expired, and says what failed.
 */
record Asking(AwsClients clients, Pace pace) {
  <T extends @Nullable Object> T ask(Attempt attempt, Access access, Supplier<T> question) {
    try {
      return question.get();
    } catch (SdkException failure) {
      if (!AwsFailures.isExpired(failure)) {
        throw AwsFailures.explain(failure, attempt, pace);
      }
    }
    clients.renew(access);
    try {
      return question.get();
    } catch (SdkException failure) {
      throw AwsFailures.explain(failure, attempt, pace);
    }
  }
}
