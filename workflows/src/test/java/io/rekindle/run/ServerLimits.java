package io.rekindle.run;

import com.google.protobuf.MessageLite;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ForwardingClientCall.SimpleForwardingClientCall;
import io.grpc.MethodDescriptor;
import io.temporal.api.command.v1.Command;
import io.temporal.api.common.v1.SearchAttributes;
import io.temporal.api.sdk.v1.UserMetadata;
import io.temporal.api.workflowservice.v1.RespondActivityTaskCompletedRequest;
import io.temporal.api.workflowservice.v1.RespondActivityTaskFailedRequest;
import io.temporal.api.workflowservice.v1.RespondQueryTaskCompletedRequest;
import io.temporal.api.workflowservice.v1.RespondWorkflowTaskCompletedRequest;
import io.temporal.api.workflowservice.v1.SignalWorkflowExecutionRequest;
import io.temporal.api.workflowservice.v1.StartWorkflowExecutionRequest;
import io.temporal.api.workflowservice.v1.UpdateWorkflowExecutionRequest;
import io.temporal.common.converter.DefaultDataConverter;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * What a real server would have refused, or ended the run for: the embedded one takes everything.
 * The figures are the defaults of Temporal 1.29, and what a keyword's column in PostgreSQL holds.
 */
final class ServerLimits implements ClientInterceptor {
  private static final int MESSAGE = 4 * 1024 * 1024;
  private static final int PAYLOAD = 2 * 1024 * 1024;
  private static final int SUMMARY = 400;
  private static final int DETAILS = 20_000;
  private static final int ID = 1_000;
  private static final int KEYWORD = 255;
  private static final int ATTRIBUTE = 2 * 1024;
  private static final int ATTRIBUTES = 40 * 1024;
  private static final int ACTIVITIES = 2_000;

  private final List<String> exceeded = new CopyOnWriteArrayList<>();

  /** A sentence for each. */
  List<String> exceeded() {
    return List.copyOf(exceeded);
  }

  private void atMost(int limit, String what, long size) {
    if (size > limit) {
      exceeded.add("%s: %,d, and %,d at most".formatted(what, size, limit));
    }
  }

  private void payload(String what, MessageLite payload) {
    atMost(PAYLOAD, what, payload.getSerializedSize());
  }

  @Override
  public <Q, A> ClientCall<Q, A> interceptCall(
      MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
    return new SimpleForwardingClientCall<>(next.newCall(method, options)) {
      @Override
      public void sendMessage(Q message) {
        if (message instanceof MessageLite sized) {
          atMost(MESSAGE, method.getFullMethodName(), sized.getSerializedSize());
        }
        look(message);
        super.sendMessage(message);
      }
    };
  }

  private void look(Object message) {
    switch (message) {
      case StartWorkflowExecutionRequest start -> {
        payload("input", start.getInput());
        metadata("start", start.getUserMetadata());
      }
      case SignalWorkflowExecutionRequest signal -> payload("signal", signal.getInput());
      case UpdateWorkflowExecutionRequest update -> payload("update", update.getRequest());
      case RespondActivityTaskCompletedRequest done -> payload("result", done.getResult());
      case RespondActivityTaskFailedRequest failed -> payload("failure", failed.getFailure());
      case RespondQueryTaskCompletedRequest told -> payload("answer", told.getQueryResult());
      case RespondWorkflowTaskCompletedRequest thought -> {
        thought.getCommandsList().forEach(this::look);
        thought.getMessagesList().forEach(answer -> payload("answer", answer.getBody()));
        thought.getQueryResultsMap().values().forEach(told -> payload("answer", told.getAnswer()));
        atMost(
            ACTIVITIES,
            "activities at once",
            thought.getCommandsList().stream()
                .filter(Command::hasScheduleActivityTaskCommandAttributes)
                .count());
      }
      default -> {
        // All else is small.
      }
    }
  }

  private void look(Command command) {
    metadata(command.getCommandType().name(), command.getUserMetadata());
    var activity = command.getScheduleActivityTaskCommandAttributes();
    atMost(ID, "activity type", activity.getActivityType().getName().length());
    payload("call of " + activity.getActivityType().getName(), activity.getInput());
    attributes(command.getUpsertWorkflowSearchAttributesCommandAttributes().getSearchAttributes());
    payload("result", command.getCompleteWorkflowExecutionCommandAttributes().getResult());
    payload("failure", command.getFailWorkflowExecutionCommandAttributes().getFailure());
    var anew = command.getContinueAsNewWorkflowExecutionCommandAttributes();
    payload("input of the next execution", anew.getInput());
    payload("memo", anew.getMemo());
  }

  private void metadata(String of, UserMetadata metadata) {
    atMost(SUMMARY, "summary of " + of, metadata.getSummary().getSerializedSize());
    atMost(DETAILS, "details of " + of, metadata.getDetails().getSerializedSize());
  }

  private void attributes(SearchAttributes attributes) {
    atMost(ATTRIBUTES, "search attributes", attributes.getSerializedSize());
    attributes
        .getIndexedFieldsMap()
        .forEach((name, value) -> {
          atMost(ATTRIBUTE, name, value.getSerializedSize());
          String text =
              DefaultDataConverter.STANDARD_INSTANCE.fromPayload(value, String.class, String.class);
          atMost(KEYWORD, "characters of " + name, text == null ? 0 : text.length());
        });
  }
}
