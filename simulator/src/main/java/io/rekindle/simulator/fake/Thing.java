package io.rekindle.simulator.fake;

import io.rekindle.simulator.wire.Request;
import java.util.Locale;

/** Something that exists in an account and a Region, under a name that is unique for its type. */
record Thing(String account, String region, String type, String id) {
  Thing {
    id = id.toLowerCase(Locale.ROOT);
  }

  static Thing of(Request request, String type, String id) {
    return id.startsWith("arn:")
        ? fromArn(type, id)
        : new Thing(request.caller().account(), request.region(), type, id);
  }

  /** What has the same name there. */
  Thing in(String other) {
    return new Thing(account, other, type, id);
  }

  private static Thing fromArn(String type, String arn) {
    String[] parts = arn.split(":", 7);
    return new Thing(parts[4], parts[3], type, parts[parts.length - 1]);
  }
}
