package io.rekindle.starter;

import com.fasterxml.jackson.databind.JsonNode;
import io.rekindle.plan.Mode;
import io.rekindle.run.FailoverRequest;
import java.util.List;
import java.util.Map;

/** What runs are started with. */
public final class Requests {
  private Requests() {}

  /** All of a plan, as it stands, because its Region is out. */
  public static FailoverRequest outage(JsonNode plan, String requester) {
    return new FailoverRequest(
        plan,
        Mode.OUTAGE,
        "a test",
        null,
        Map.of(),
        List.of(),
        Map.of(),
        Map.of(),
        null,
        null,
        null,
        requester,
        false,
        null);
  }
}
