package io.rekindle.simulator.function;

import io.rekindle.simulator.wire.Request;

/** The name of a function in an account and a Region. */
record Key(String account, String region, String name) {
  static Key of(Request request, String name) {
    return new Key(request.caller().account(), request.region(), name);
  }

  String arn() {
    return String.join(":", "arn:aws", "lambda", region, account, "function", name);
  }
}
