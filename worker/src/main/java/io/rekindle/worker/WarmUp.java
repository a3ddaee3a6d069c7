package io.rekindle.worker;

import com.google.protobuf.ByteString;
import io.rekindle.action.ActionCall;
import io.rekindle.action.aws.FirstLook;
import io.rekindle.door.FailoverRequest;
import io.rekindle.door.PlanAdmission;
import io.temporal.api.common.v1.Payload;
import io.temporal.client.WorkflowClient;
import io.temporal.common.converter.DataConverter;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;

/**
 * Does once what the first real run would do first, so that it finds everything loaded. Needs no
 * server, so that a worker that finds none has loaded it too, and leaves it behind when it is
 * built.
 */
@Singleton
final class WarmUp {
  private static final String REQUEST = "/io/rekindle/worker/warm-up.json";
  private static final String LOOK = "/io/rekindle/worker/warm-up-look.json";

  private final DataConverter json;
  private final FirstLook first;

  WarmUp(WorkflowClient client, FirstLook first) {
    json = client.getOptions().getDataConverter();
    this.first = first;
  }

  /** What the look came to. */
  String run() {
    List<String> problems = new PlanAdmission().admit(read(REQUEST, FailoverRequest.class));
    if (!problems.isEmpty()) {
      throw new IllegalStateException(REQUEST + ": " + problems);
    }
    return first.at(read(LOOK, ActionCall.class));
  }

  private <T> T read(String resource, Class<T> type) {
    try (InputStream in = Objects.requireNonNull(WarmUp.class.getResourceAsStream(resource))) {
      Payload written =
          Payload.newBuilder()
              .putMetadata("encoding", ByteString.copyFromUtf8("json/plain"))
              .setData(ByteString.readFrom(in))
              .build();
      return json.fromPayload(written, type, type);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
