package io.rekindle.worker;

import com.google.protobuf.ByteString;
import io.rekindle.run.FailoverRequest;
import io.rekindle.run.PlanAdmission;
import io.temporal.api.common.v1.Payload;
import io.temporal.client.WorkflowClient;
import io.temporal.common.converter.DataConverter;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;

/** Reads a request like a real one, so that the first real one finds everything loaded. */
@Singleton
final class WarmUp {
  private static final String REQUEST = "/io/rekindle/worker/warm-up.json";

  private final DataConverter json;

  WarmUp(WorkflowClient client) {
    json = client.getOptions().getDataConverter();
  }

  void run() {
    Payload written =
        Payload.newBuilder()
            .putMetadata("encoding", ByteString.copyFromUtf8("json/plain"))
            .setData(request())
            .build();
    FailoverRequest request =
        json.fromPayload(written, FailoverRequest.class, FailoverRequest.class);
    List<String> problems = new PlanAdmission().admit(request);
    if (!problems.isEmpty()) {
      throw new IllegalStateException(REQUEST + ": " + problems);
    }
  }

  private static ByteString request() {
    try (InputStream in = Objects.requireNonNull(WarmUp.class.getResourceAsStream(REQUEST))) {
      return ByteString.readFrom(in);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
