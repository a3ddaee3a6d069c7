package io.rekindle.rehearse;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ForwardingClientCall.SimpleForwardingClientCall;
import io.grpc.ForwardingClientCallListener.SimpleForwardingClientCallListener;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.rekindle.rehearse.TaskToken.Scheduled;
import io.temporal.api.command.v1.Command;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.enums.v1.WorkflowTaskFailedCause;
import io.temporal.api.workflow.v1.PendingActivityInfo;
import io.temporal.api.workflowservice.v1.DescribeWorkflowExecutionRequest;
import io.temporal.api.workflowservice.v1.PollActivityTaskQueueResponse;
import io.temporal.api.workflowservice.v1.RespondActivityTaskCanceledRequest;
import io.temporal.api.workflowservice.v1.RespondActivityTaskCompletedRequest;
import io.temporal.api.workflowservice.v1.RespondActivityTaskFailedRequest;
import io.temporal.api.workflowservice.v1.RespondWorkflowTaskCompletedRequest;
import io.temporal.api.workflowservice.v1.RespondWorkflowTaskFailedRequest;
import io.temporal.api.workflowservice.v1.WorkflowServiceGrpc;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/**
 * The embedded server stumbles for good when a workflow cancels an activity that ended while it
 * thought about it; a real one does not mind. So such an answer is withheld, and the server told to
 * give the task once more, with what has happened meanwhile.
 */
public final class LateCancels implements ClientInterceptor {
  private final Map<Scheduled, String> taken = new ConcurrentHashMap<>();
  private final Semaphore answering = new Semaphore(1);

  @Override
  public <Q, A> ClientCall<Q, A> interceptCall(
      MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
    return new Heard<>(next.newCall(method, options), next);
  }

  private boolean isLate(RespondWorkflowTaskCompletedRequest answer, Channel server) {
    List<Long> cancelled =
        answer.getCommandsList().stream()
            .filter(Command::hasRequestCancelActivityTaskCommandAttributes)
            .map(each -> each.getRequestCancelActivityTaskCommandAttributes().getScheduledEventId())
            .toList();
    return !cancelled.isEmpty() && haveEnded(cancelled, answer, server);
  }

  private static void onceMore(RespondWorkflowTaskCompletedRequest answer, Channel server) {
    var unused =
        WorkflowServiceGrpc.newBlockingStub(server)
            .respondWorkflowTaskFailed(
                RespondWorkflowTaskFailedRequest.newBuilder()
                    .setNamespace(answer.getNamespace())
                    .setTaskToken(answer.getTaskToken())
                    .setCause(WorkflowTaskFailedCause.WORKFLOW_TASK_FAILED_CAUSE_UNHANDLED_COMMAND)
                    .build());
  }

  private boolean haveEnded(
      List<Long> cancelled, RespondWorkflowTaskCompletedRequest answer, Channel server) {
    WorkflowExecution execution = TaskToken.execution(answer.getTaskToken());
    List<String> pending =
        WorkflowServiceGrpc.newBlockingStub(server)
            .describeWorkflowExecution(
                DescribeWorkflowExecutionRequest.newBuilder()
                    .setNamespace(answer.getNamespace())
                    .setExecution(execution)
                    .build())
            .getPendingActivitiesList()
            .stream()
            .map(PendingActivityInfo::getActivityId)
            .toList();
    return cancelled.stream()
        .map(event -> taken.get(new Scheduled(execution, event)))
        .anyMatch(activity -> activity != null && !pending.contains(activity));
  }

  private final class Heard<Q, A> extends SimpleForwardingClientCall<Q, A> {
    private final Channel server;
    private boolean withheld;
    private boolean holds;
    private boolean closed;

    Heard(ClientCall<Q, A> call, Channel server) {
      super(call);
      this.server = server;
    }

    @Override
    public void sendMessage(Q message) {
      if (isAnswer(message)) {
        hold();
      }
      if (message instanceof RespondWorkflowTaskCompletedRequest answer && isLate(answer, server)) {
        withheld = true;
        onceMore(answer, server);
        cancel("there is news", null);
      } else {
        super.sendMessage(message);
      }
    }

    @Override
    public void halfClose() {
      if (!withheld) {
        super.halfClose();
      }
    }

    @Override
    public void start(Listener<A> listener, Metadata headers) {
      super.start(
          new SimpleForwardingClientCallListener<A>(listener) {
            @Override
            public void onMessage(A answer) {
              if (answer instanceof PollActivityTaskQueueResponse task && task.hasActivityType()) {
                taken.put(TaskToken.scheduled(task.getTaskToken()), task.getActivityId());
              }
              super.onMessage(answer);
            }

            @Override
            public void onClose(Status status, Metadata trailers) {
              letGo();
              super.onClose(status, trailers);
            }
          },
          headers);
    }

    /** One answer at a time, until the server has heard it. */
    private void hold() {
      answering.acquireUninterruptibly();
      synchronized (this) {
        holds = true;
        if (closed) {
          letGo();
        }
      }
    }

    private synchronized void letGo() {
      closed = true;
      if (holds) {
        holds = false;
        answering.release();
      }
    }
  }

  private static boolean isAnswer(Object message) {
    return message instanceof RespondWorkflowTaskCompletedRequest
        || message instanceof RespondActivityTaskCompletedRequest
        || message instanceof RespondActivityTaskFailedRequest
        || message instanceof RespondActivityTaskCanceledRequest;
  }
}
