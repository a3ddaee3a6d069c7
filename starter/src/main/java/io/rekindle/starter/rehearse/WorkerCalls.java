package io.rekindle.starter.rehearse;

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
import io.temporal.api.failure.v1.Failure;
import io.temporal.api.workflowservice.v1.RespondWorkflowTaskCompletedRequest;
import io.temporal.api.workflowservice.v1.RespondWorkflowTaskFailedRequest;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What one worker says to the server: watched, and cut off when the worker is to die. */
final class WorkerCalls implements ClientInterceptor {
  private final boolean mayDie;
  private final Runnable hold;
  private final Consumer<WorkflowTask> answered;
  private final Set<ClientCall<?, ?>> open = ConcurrentHashMap.newKeySet();
  private volatile boolean cut;

  /**
   * @param hold called before the server hears of an answered task
   * @param answered called afterwards, once for each hold
   */
  WorkerCalls(boolean mayDie, Runnable hold, Consumer<WorkflowTask> answered) {
    this.mayDie = mayDie;
    this.hold = hold;
    this.answered = answered;
  }

  void cut() {
    cut = true;
    open.forEach(call -> call.cancel("the worker was killed", null));
  }

  @Override
  public <Q, A> ClientCall<Q, A> interceptCall(
      MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
    return new Watched<>(next.newCall(method, options));
  }

  private final class Watched<Q, A> extends ForwardingClientCall.SimpleForwardingClientCall<Q, A> {
    private final AtomicReference<@Nullable WorkflowTask> task = new AtomicReference<>();
    private volatile boolean closed;

    Watched(ClientCall<Q, A> call) {
      super(call);
    }

    @Override
    public void start(Listener<A> listener, Metadata headers) {
      open.add(this);
      super.start(
          new ForwardingClientCallListener.SimpleForwardingClientCallListener<A>(listener) {
            @Override
            public void onClose(Status status, Metadata trailers) {
              open.remove(Watched.this);
              super.onClose(status, trailers);
              closed = true;
              tell();
            }
          },
          headers);
      if (cut) {
        cancel("the worker was killed", null);
      }
    }

    @Override
    @SuppressWarnings("unchecked")
    public void sendMessage(Q message) {
      Object said = message;
      if (message instanceof RespondWorkflowTaskCompletedRequest completed && !cut) {
        hold.run();
        task.set(new WorkflowTask(ends(completed), Optional.empty()));
        said = mayDie ? completed.toBuilder().clearStickyAttributes().build() : completed;
      } else if (message instanceof RespondWorkflowTaskFailedRequest failed && !cut) {
        hold.run();
        task.set(new WorkflowTask(false, Optional.of(cause(failed.getFailure()))));
      }
      if (closed) {
        tell();
      }
      if (!cut) {
        super.sendMessage((Q) said);
      }
    }

    @Override
    public void halfClose() {
      if (!cut) {
        super.halfClose();
      }
    }

    private void tell() {
      WorkflowTask done = task.getAndSet(null);
      if (done != null) {
        answered.accept(done);
      }
    }
  }

  private static String cause(Failure failure) {
    return failure.hasCause() ? cause(failure.getCause()) : failure.getMessage();
  }

  private static boolean ends(RespondWorkflowTaskCompletedRequest completed) {
    return completed.getCommandsList().stream().anyMatch(WorkerCalls::ends);
  }

  private static boolean ends(Command command) {
    return command.hasCompleteWorkflowExecutionCommandAttributes()
        || command.hasFailWorkflowExecutionCommandAttributes();
  }
}
