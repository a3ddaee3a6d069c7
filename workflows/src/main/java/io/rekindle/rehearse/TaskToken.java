package io.rekindle.rehearse;

import com.google.protobuf.ByteString;
import io.temporal.api.common.v1.WorkflowExecution;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** What the embedded server means by the token of a task. */
final class TaskToken {
  /** An activity as a workflow's commands name it. */
  record Scheduled(WorkflowExecution execution, long event) {}

  private interface Reading<T> {
    T from(DataInputStream token) throws IOException;
  }

  private TaskToken() {}

  /** Whose task it is. */
  static WorkflowExecution execution(ByteString workflowTask) {
    return read(workflowTask, TaskToken::execution);
  }

  static Scheduled scheduled(ByteString activityTask) {
    return read(activityTask, token -> new Scheduled(execution(token), token.readLong()));
  }

  private static <T> T read(ByteString token, Reading<T> reading) {
    try (var words = new DataInputStream(token.newInput())) {
      return reading.from(words);
    } catch (IOException unknown) {
      throw new UncheckedIOException("The embedded server has tokens of another form", unknown);
    }
  }

  private static WorkflowExecution execution(DataInputStream token) throws IOException {
    token.readUTF();
    return WorkflowExecution.newBuilder()
        .setWorkflowId(token.readUTF())
        .setRunId(token.readUTF())
        .build();
  }
}
