package io.rekindle.starter.rehearse;

import com.google.protobuf.ByteString;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ForwardingClientCall;
import io.grpc.ForwardingClientCallListener;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.rekindle.starter.rehearse.EmbeddedTemporal.WorkflowTask;
import io.temporal.api.command.v1.Command;
import io.temporal.api.enums.v1.TaskQueueKind;
import io.temporal.api.failure.v1.Failure;
import io.temporal.api.workflowservice.v1.PollActivityTaskQueueResponse;
import io.temporal.api.workflowservice.v1.PollWorkflowTaskQueueRequest;
import io.temporal.api.workflowservice.v1.PollWorkflowTaskQueueResponse;
import io.temporal.api.workflowservice.v1.RespondActivityTaskCanceledRequest;
import io.temporal.api.workflowservice.v1.RespondActivityTaskCompletedRequest;
import io.temporal.api.workflowservice.v1.RespondActivityTaskFailedRequest;
import io.temporal.api.workflowservice.v1.RespondQueryTaskCompletedRequest;
import io.temporal.api.workflowservice.v1.RespondWorkflowTaskCompletedRequest;
import io.temporal.api.workflowservice.v1.RespondWorkflowTaskFailedRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What one worker says to the server: watched, and cut off when the worker is to die. */
final class WorkerCalls implements ClientInterceptor {
  private static final String SHARED = "rekindle-kept";

  private final TaskLines lines;
  private final Runnable hold;
  private final Consumer<WorkflowTask> answered;
  private final Map<ByteString, Object> underWay = new LinkedHashMap<>();
  private boolean cut;

  /**
   * @param hold called before the server hears of an answered task
   * @param answered called afterwards, once for each hold
   */
  WorkerCalls(TaskLines lines, Runnable hold, Consumer<WorkflowTask> answered) {
    this.lines = lines;
    this.hold = hold;
    this.answered = answered;
  }

  /** From now on it is not heard any more. Gives the tasks that it took and did not answer. */
  synchronized List<Object> cut() {
    cut = true;
    return new ArrayList<>(underWay.values());
  }

  private synchronized boolean takes(Object task) {
    if (!cut) {
      token(task).ifPresent(token -> underWay.put(token, task));
    }
    return !cut;
  }

  private synchronized boolean isHeard(Object message) {
    if (!cut) {
      token(message).ifPresent(underWay::remove);
    }
    return !cut;
  }

  private static Optional<ByteString> token(Object message) {
    ByteString token =
        switch (message) {
          case PollWorkflowTaskQueueResponse task -> task.getTaskToken();
          case PollActivityTaskQueueResponse task -> task.getTaskToken();
          case RespondWorkflowTaskCompletedRequest answer -> answer.getTaskToken();
          case RespondWorkflowTaskFailedRequest answer -> answer.getTaskToken();
          case RespondQueryTaskCompletedRequest answer -> answer.getTaskToken();
          case RespondActivityTaskCompletedRequest answer -> answer.getTaskToken();
          case RespondActivityTaskFailedRequest answer -> answer.getTaskToken();
          case RespondActivityTaskCanceledRequest answer -> answer.getTaskToken();
          default -> ByteString.EMPTY;
        };
    return token.isEmpty() ? Optional.empty() : Optional.of(token);
  }

  @Override
  public <Q, A> ClientCall<Q, A> interceptCall(
      MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
    return TaskLines.isPoll(method.getFullMethodName())
        ? new TaskPoll<>(method, options, next, lines, this::takes, WorkerCalls::shared)
        : new Watched<>(next.newCall(method, options));
  }

  private final class Watched<Q, A> extends ForwardingClientCall.SimpleForwardingClientCall<Q, A> {
    private final AtomicReference<@Nullable WorkflowTask> task = new AtomicReference<>();
    private volatile boolean closed;
    private boolean said;
    private boolean refused;

    Watched(ClientCall<Q, A> call) {
      super(call);
    }

    @Override
    public void start(Listener<A> listener, Metadata headers) {
      super.start(
          new ForwardingClientCallListener.SimpleForwardingClientCallListener<A>(listener) {
            @Override
            public void onClose(Status status, Metadata trailers) {
              super.onClose(status, trailers);
              closed = true;
              tell();
            }
          },
          headers);
    }

    @Override
    public void sendMessage(Q message) {
      if (isHeard(message)) {
        said = true;
        super.sendMessage(watched(message));
      } else {
        refused = true;
        cancel("the worker was killed", null);
      }
    }

    /** What is said is said, also when the worker is interrupted before it hears the answer. */
    @Override
    public void cancel(@Nullable String message, @Nullable Throwable cause) {
      if (!said) {
        super.cancel(message, cause);
      }
    }

    @Override
    public void halfClose() {
      if (!refused) {
        super.halfClose();
      }
    }

    @SuppressWarnings("unchecked")
    private Q watched(Q message) {
      Object heard = message;
      if (message instanceof RespondWorkflowTaskCompletedRequest completed) {
        hold.run();
        task.set(new WorkflowTask(ends(completed), continues(completed), Optional.empty()));
        heard = sharing(completed);
      } else if (message instanceof RespondWorkflowTaskFailedRequest failed) {
        hold.run();
        task.set(new WorkflowTask(false, false, Optional.of(cause(failed.getFailure()))));
      }
      if (closed) {
        tell();
      }
      return (Q) heard;
    }

    private void tell() {
      WorkflowTask done = task.getAndSet(null);
      if (done != null) {
        answered.accept(done);
      }
    }
  }

  /**
   * A worker keeps a workflow in its memory, and gets its tasks by a queue of its own. This server
   * never gives such a task to another worker; so all workers share that queue.
   */
  private static RespondWorkflowTaskCompletedRequest sharing(
      RespondWorkflowTaskCompletedRequest completed) {
    if (!completed.hasStickyAttributes()) {
      return completed;
    }
    RespondWorkflowTaskCompletedRequest.Builder shared = completed.toBuilder();
    shared.getStickyAttributesBuilder().getWorkerTaskQueueBuilder().setName(SHARED);
    return shared.build();
  }

  @SuppressWarnings("unchecked")
  private static <Q> Q shared(Q poll) {
    return poll instanceof PollWorkflowTaskQueueRequest workflow ? (Q) sharing(workflow) : poll;
  }

  private static PollWorkflowTaskQueueRequest sharing(PollWorkflowTaskQueueRequest poll) {
    if (poll.getTaskQueue().getKind() != TaskQueueKind.TASK_QUEUE_KIND_STICKY) {
      return poll;
    }
    PollWorkflowTaskQueueRequest.Builder shared = poll.toBuilder();
    shared.getTaskQueueBuilder().setName(SHARED);
    return shared.build();
  }

  private static String cause(Failure failure) {
    return failure.hasCause() ? cause(failure.getCause()) : failure.getMessage();
  }

  private static boolean ends(RespondWorkflowTaskCompletedRequest completed) {
    return completed.getCommandsList().stream().anyMatch(WorkerCalls::ends);
  }

  private static boolean continues(RespondWorkflowTaskCompletedRequest completed) {
    return completed.getCommandsList().stream()
        .anyMatch(Command::hasContinueAsNewWorkflowExecutionCommandAttributes);
  }

  private static boolean ends(Command command) {
    return command.hasCompleteWorkflowExecutionCommandAttributes()
        || command.hasFailWorkflowExecutionCommandAttributes();
  }
}
