package io.rekindle.run;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ForwardingClientCall;
import io.grpc.ForwardingClientCallListener;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.temporal.api.enums.v1.TaskQueueKind;
import io.temporal.api.history.v1.History;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.api.workflowservice.v1.GetWorkflowExecutionHistoryResponse;
import io.temporal.api.workflowservice.v1.PollWorkflowTaskQueueRequest;
import io.temporal.api.workflowservice.v1.PollWorkflowTaskQueueResponse;
import io.temporal.api.workflowservice.v1.RespondWorkflowTaskCompletedRequest;
import io.temporal.api.workflowservice.v1.WorkflowServiceGrpc;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What workers and server say to each other. The embedded server never gives up a dead worker's own
 * queue, so nobody gets one where workers die; and it never suggests to continue as new by itself.
 */
final class Conversation implements ClientInterceptor {
  private static final Set<MethodDescriptor<?, ?>> POLLS =
      Set.of(
          WorkflowServiceGrpc.getPollWorkflowTaskQueueMethod(),
          WorkflowServiceGrpc.getPollActivityTaskQueueMethod());

  private static final String DIED = "the worker died";

  private final AtomicInteger deaths = new AtomicInteger();
  private volatile long suggestAfter = Long.MAX_VALUE;
  private volatile long pretendedBytes;
  private volatile boolean mayDie = true;
  private final Set<String> seen = ConcurrentHashMap.newKeySet();
  private final Set<String> dead = ConcurrentHashMap.newKeySet();
  private final Set<ClientCall<?, ?>> polls = ConcurrentHashMap.newKeySet();

  /** A call that is only starting cannot be cancelled: gRPC's own transport stumbles over that. */
  private void started(ClientCall<?, ?> poll, int deathsBefore) {
    polls.add(poll);
    if (deaths.get() != deathsBefore) {
      poll.cancel(DIED, null);
    }
  }

  /** Whether another worker may have to take over. */
  void workersMayDie(boolean may) {
    mayDie = may;
  }

  /** All workers so far are dead, though some may not know it yet: nobody gives them a task. */
  void workersDied() {
    dead.addAll(seen);
    deaths.incrementAndGet();
    polls.forEach(poll -> poll.cancel(DIED, null));
  }

  private void polling(PollWorkflowTaskQueueRequest poll) {
    if (poll.getTaskQueue().getKind() == TaskQueueKind.TASK_QUEUE_KIND_STICKY) {
      seen.add(poll.getTaskQueue().getName());
    }
  }

  private RespondWorkflowTaskCompletedRequest answering(
      RespondWorkflowTaskCompletedRequest completed) {
    String own = completed.getStickyAttributes().getWorkerTaskQueue().getName();
    return mayDie || dead.contains(own)
        ? completed.toBuilder().clearStickyAttributes().build()
        : completed;
  }

  /**
   * From now on the server finds a history so long that it suggests to continue as new.
   *
   * @param events how many are not too many
   */
  void suggestContinuingAsNewAfter(long events) {
    suggestAfter = events;
  }

  /** From now on the server finds every history as large as that, until it begins anew. */
  void pretendHistoryOf(long bytes, long afterEvents) {
    suggestAfter = afterEvents;
    pretendedBytes = bytes;
  }

  @Override
  public <Q, A> ClientCall<Q, A> interceptCall(
      MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
    return new ForwardingClientCall.SimpleForwardingClientCall<>(next.newCall(method, options)) {
      @Override
      @SuppressWarnings("unchecked")
      public void sendMessage(Q message) {
        if (message instanceof PollWorkflowTaskQueueRequest poll) {
          polling(poll);
        }
        super.sendMessage(
            message instanceof RespondWorkflowTaskCompletedRequest completed
                ? (Q) answering(completed)
                : message);
      }

      @Override
      public void start(Listener<A> listener, Metadata headers) {
        ClientCall<Q, A> call = this;
        int before = deaths.get();
        super.start(
            new ForwardingClientCallListener.SimpleForwardingClientCallListener<A>(listener) {
              @Override
              @SuppressWarnings("unchecked")
              public void onMessage(A answer) {
                super.onMessage((A) suggesting(answer));
              }

              @Override
              public void onClose(Status status, Metadata trailers) {
                polls.remove(call);
                super.onClose(status, trailers);
              }
            },
            headers);
        if (POLLS.contains(method)) {
          started(call, before);
        }
      }
    };
  }

  /** Whoever has forgotten a run asks for its whole history. */
  private Object suggesting(Object answer) {
    return switch (answer) {
      case PollWorkflowTaskQueueResponse task ->
          task.toBuilder().setHistory(suggesting(task.getHistory())).build();
      case GetWorkflowExecutionHistoryResponse whole ->
          whole.toBuilder().setHistory(suggesting(whole.getHistory())).build();
      default -> answer;
    };
  }

  private History suggesting(History history) {
    History.Builder changed = history.toBuilder();
    changed.getEventsBuilderList().stream()
        .filter(event -> event.getEventId() > suggestAfter)
        .filter(HistoryEvent.Builder::hasWorkflowTaskStartedEventAttributes)
        .forEach(event ->
            event
                .getWorkflowTaskStartedEventAttributesBuilder()
                .setSuggestContinueAsNew(true)
                .setHistorySizeBytes(pretendedBytes));
    return changed.build();
  }
}
