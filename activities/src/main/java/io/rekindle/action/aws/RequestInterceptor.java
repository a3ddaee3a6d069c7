package io.rekindle.action.aws;

import io.rekindle.action.ActionCall;
import io.rekindle.action.aws.Attempt.Request;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import software.amazon.awssdk.awscore.AwsExecutionAttribute;
import software.amazon.awssdk.awscore.AwsRequest;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.interceptor.SdkExecutionAttribute;

/**
 * Signs every request with the run and step it is for, which CloudTrail shows as the user agent;
 * ends it before its attempt ends; and remembers what was asked, for the sentence that says what
 * failed.
 */
final class RequestInterceptor implements ExecutionInterceptor {
  private static final int NAMES_SHOWN = 2;

  /** Only what names things is ever shown: other members may hold secrets. */
  private static final Pattern NAMING =
      Pattern.compile(
          "(?i).*(identifier|arn|name|cluster|service|bucket|key|prefix|secretid|hostedzoneid)");

  private static final Pattern HIDING = Pattern.compile("(?i).*(token|password|user|kms).*");

  @Override
  public SdkRequest modifyRequest(Context.ModifyRequest context, ExecutionAttributes attributes) {
    Optional<Attempt> attempt = Attempt.current();
    return attempt.isPresent() && context.request() instanceof AwsRequest request
        ? signed(request, attempt.get())
        : context.request();
  }

  private static AwsRequest signed(AwsRequest request, Attempt attempt) {
    Duration time = attempt.timeForCall();
    ActionCall call = attempt.call();
    return request.toBuilder()
        .overrideConfiguration(
            request
                .overrideConfiguration()
                .map(AwsRequestOverrideConfiguration::toBuilder)
                .orElseGet(AwsRequestOverrideConfiguration::builder)
                .apiCallTimeout(shorter(request, time))
                .addApiName(name ->
                    name.name("rekindle").version(call.key().run() + "." + call.key().step()))
                .build())
        .build();
  }

  /** What a request allows itself, when that is less. */
  private static Duration shorter(AwsRequest request, Duration time) {
    return request
        .overrideConfiguration()
        .flatMap(own -> own.apiCallTimeout())
        .filter(own -> own.compareTo(time) < 0)
        .orElse(time);
  }

  @Override
  public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes attributes) {
    note(context.request(), attributes);
  }

  @Override
  public void beforeTransmission(
      Context.BeforeTransmission context, ExecutionAttributes attributes) {
    Attempt.current().ifPresent(Attempt::timeForCall);
    note(context.request(), attributes);
  }

  private static void note(SdkRequest request, ExecutionAttributes attributes) {
    Attempt.current()
        .ifPresent(attempt ->
            attempt.note(
                new Request(
                    attributes.getAttribute(SdkExecutionAttribute.SERVICE_NAME),
                    attributes.getAttribute(SdkExecutionAttribute.OPERATION_NAME),
                    subject(request),
                    attributes
                        .getAttribute(AwsExecutionAttribute.AWS_REGION)
                        .id()
                        .toLowerCase(Locale.ROOT))));
  }

  private static String subject(SdkRequest request) {
    return request.sdkFields().stream()
        .filter(field -> NAMING.matcher(field.memberName()).matches())
        .filter(field -> !HIDING.matcher(field.memberName()).matches())
        .map(field -> field.getValueOrDefault(request))
        .filter(String.class::isInstance)
        .map(String.class::cast)
        .limit(NAMES_SHOWN)
        .collect(Collectors.joining(", "));
  }
}
