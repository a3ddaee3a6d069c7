package io.rekindle.starter.rehearse;

import io.grpc.ClientCall;
import io.temporal.api.workflowservice.v1.PollActivityTaskQueueRequest;
import io.temporal.api.workflowservice.v1.PollNexusTaskQueueRequest;
import io.temporal.api.workflowservice.v1.PollWorkflowTaskQueueRequest;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A line for each queue, whichever worker asks. */
final class TaskLines implements AutoCloseable {
  private final Map<String, TaskLine<?>> lines = new ConcurrentHashMap<>();
  private final Set<ClientCall<?, ?>> open = ConcurrentHashMap.newKeySet();

  static boolean isPoll(String method) {
    return method.contains("/Poll") && method.endsWith("TaskQueue");
  }

  /**
   * @param method decides the type of the tasks
   */
  @SuppressWarnings("unchecked")
  <A> TaskLine<A> of(String method, String queue) {
    return (TaskLine<A>) lines.computeIfAbsent(method + " " + queue, key -> new TaskLine<A>());
  }

  void asks(ClientCall<?, ?> call) {
    open.add(call);
  }

  void isAnswered(ClientCall<?, ?> call) {
    open.remove(call);
  }

  /** The server waits for its polls to end before it ends itself. */
  @Override
  public void close() {
    open.forEach(TaskLines::end);
  }

  private static void end(ClientCall<?, ?> call) {
    try {
      call.cancel("the rehearsal is over", null);
    } catch (NullPointerException tooEarly) {
      // The transport within a process has no listener yet where the poll has only just begun.
    }
  }

  static String queue(Object request) {
    return switch (request) {
      case PollWorkflowTaskQueueRequest workflow -> workflow.getTaskQueue().getName();
      case PollActivityTaskQueueRequest activity -> activity.getTaskQueue().getName();
      case PollNexusTaskQueueRequest nexus -> nexus.getTaskQueue().getName();
      default -> "";
    };
  }
}
