package io.rekindle.action.aws;

import io.rekindle.action.ActionCall;
import io.rekindle.action.Verb;
import io.temporal.failure.ApplicationFailure;
import jakarta.inject.Singleton;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.util.List;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpResponse;

/**
 * A look at an AWS that is not there and refuses everything, taken so that the first real look
 * finds everything loaded: it may be the one that takes over from a dead worker. Nothing is sent.
 */
@Singleton
public final class FirstLook {
  private static final Duration TIME = Duration.ofSeconds(30);
  private static final int FORBIDDEN = 403;

  private final List<ActionHandler<?>> handlers;
  private final Pace pace;

  FirstLook(List<ActionHandler<?>> handlers, Pace pace) {
    this.handlers = handlers;
    this.pace = pace;
  }

  /** What was refused, in the words in which a step would say it. */
  public String at(ActionCall call) {
    StaticCredentialsProvider nobody =
        StaticCredentialsProvider.create(AwsBasicCredentials.create("nobody", "nothing"));
    try (AwsClients nowhere = new AwsClients(new Refusing(), nobody);
        ActionDispatcher actions = new ActionDispatcher(handlers, nowhere, pace)) {
      return "seen: " + actions.perform(Verb.OBSERVE, new Attempt(call, 1, TIME, Duration.ZERO));
    } catch (ApplicationFailure refused) {
      return refused.getOriginalMessage();
    }
  }

  private static final class Refusing implements SdkHttpClient {
    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
      return new ExecutableHttpRequest() {
        @Override
        public HttpExecuteResponse call() {
          return HttpExecuteResponse.builder()
              .response(SdkHttpResponse.builder().statusCode(FORBIDDEN).build())
              .responseBody(AbortableInputStream.create(new ByteArrayInputStream(new byte[0])))
              .build();
        }

        @Override
        public void abort() {}
      };
    }

    @Override
    public void close() {}
  }
}
