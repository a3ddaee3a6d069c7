package io.rekindle.action.aws.lambda;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rekindle.action.ActionCall.ActionKey;
import io.rekindle.action.aws.Work;
import io.rekindle.plan.step.compute.Lambda;

/** What a function receives: the fields of the step, and by what it recognises a repetition. */
final class Payload {
  private Payload() {}

  static String of(Work<Lambda.Invoke> work) {
    ActionKey key = work.call().key();
    ObjectNode payload = JsonNodeFactory.instance.objectNode();
    work.with().payload().forEach(payload::put);
    payload
        .putObject("rekindle")
        .put("application", key.application())
        .put("run", key.run())
        .put("step", key.step())
        .put("generation", key.generation())
        .put("attempt", work.attempt());
    return payload.toString();
  }
}
