package io.rekindle.action.aws;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.rekindle.action.ActionCall;
import io.rekindle.action.ActionCall.ActionKey;
import io.rekindle.action.ActionCall.Point;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** A call of some kind, for tests to which only its key matters, or a little more. */
public final class AnyCall {
  private AnyCall() {}

  static ActionCall of(String step) {
    return of(step, Instant.EPOCH);
  }

  public static ActionCall of(String step, Instant begun) {
    return of(new ActionKey("shop", "a1b2c3", step, 1), false, false, begun);
  }

  static ActionCall of(ActionKey key, boolean drill, boolean adopt) {
    return of(key, drill, adopt, Instant.EPOCH);
  }

  @SuppressWarnings("NullAway") // It takes no notice of @Nullable inside a qualified type name.
  static ActionCall of(ActionKey key, boolean drill, boolean adopt, Instant begun) {
    return new ActionCall(
        "some.kind",
        JsonNodeFactory.instance.objectNode(),
        key,
        drill,
        "us-west-2",
        "",
        null,
        Point.NEWEST,
        adopt,
        null,
        null,
        List.of(),
        List.of(),
        Map.of(),
        null,
        false,
        false,
        begun);
  }
}
