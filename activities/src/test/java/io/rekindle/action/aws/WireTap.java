package io.rekindle.action.aws;

import java.net.SocketException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.interceptor.SdkExecutionAttribute;
import software.amazon.awssdk.http.SdkHttpRequest;

/**
 * Sits in every client of the SDK: records what attempts ask of AWS, loses answers, and refuses.
 * What tests ask themselves is left alone.
 */
public final class WireTap implements ExecutionInterceptor {
  private static final Pattern SCOPE = Pattern.compile("Credential=[^/]+/\\d+/([^/]+)/([^/]+)/");
  private static final List<Call> CALLS = Collections.synchronizedList(new ArrayList<>());
  private static final Set<String> LOSING = Collections.synchronizedSet(new HashSet<>());
  private static final Map<String, Refusal> REFUSING = Collections.synchronizedMap(new HashMap<>());

  /**
   * What reached AWS.
   *
   * @param service the name it is signed for
   * @param isDone whether AWS did what was asked, whatever became of the answer
   */
  record Call(String service, String operation, String region, String userAgent, boolean isDone) {}

  private record Refusal(String code, int times) {
    private @Nullable Refusal less() {
      return times > 1 ? new Refusal(code, times - 1) : null;
    }
  }

  static void reset() {
    CALLS.clear();
    LOSING.clear();
    REFUSING.clear();
  }

  static List<Call> calls() {
    return List.copyOf(CALLS);
  }

  /** The next answer to this operation does not arrive. */
  static void loseAnswer(String operation) {
    LOSING.add(operation);
  }

  /** This operation is refused so many times. */
  static void refuse(String operation, String code, int times) {
    REFUSING.put(operation, new Refusal(code, times));
  }

  /** From now on answers arrive and nothing is refused; what was recorded stays. */
  static void mend() {
    LOSING.clear();
    REFUSING.clear();
  }

  @Override
  public void beforeTransmission(
      Context.BeforeTransmission context, ExecutionAttributes attributes) {
    Refusal refusal = isWatched() ? REFUSING.get(operation(attributes)) : null;
    if (refusal != null) {
      REFUSING.computeIfPresent(operation(attributes), (operation, now) -> now.less());
      note(context.httpRequest(), attributes, false);
      throw AwsServiceException.builder()
          .statusCode(400)
          .awsErrorDetails(
              AwsErrorDetails.builder()
                  .serviceName(attributes.getAttribute(SdkExecutionAttribute.SERVICE_NAME))
                  .errorCode(refusal.code())
                  .errorMessage("refused by the test")
                  .build())
          .build();
    }
  }

  @Override
  public void afterTransmission(Context.AfterTransmission context, ExecutionAttributes attributes) {
    if (isWatched()) {
      note(context.httpRequest(), attributes, context.httpResponse().isSuccessful());
    }
  }

  @Override
  public void afterExecution(Context.AfterExecution context, ExecutionAttributes attributes) {
    if (isWatched() && LOSING.remove(operation(attributes))) {
      throw SdkClientException.create(
          "Unable to execute HTTP request", new SocketException("Connection reset"));
    }
  }

  private static boolean isWatched() {
    return Attempt.current().isPresent();
  }

  private static String operation(ExecutionAttributes attributes) {
    return attributes.getAttribute(SdkExecutionAttribute.OPERATION_NAME);
  }

  private static void note(SdkHttpRequest request, ExecutionAttributes attributes, boolean isDone) {
    Matcher scope = SCOPE.matcher(request.firstMatchingHeader("Authorization").orElse(""));
    boolean signed = scope.find();
    CALLS.add(
        new Call(
            signed ? scope.group(2) : "",
            operation(attributes),
            signed ? scope.group(1) : "",
            request.firstMatchingHeader("User-Agent").orElse(""),
            isDone));
  }
}
