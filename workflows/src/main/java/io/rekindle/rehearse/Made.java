package io.rekindle.rehearse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rekindle.action.ActionCall;
import io.rekindle.plan.Kind;
import io.rekindle.plan.Kinds;
import io.rekindle.plan.step.Facts.Guard;

/**
 * A change of one thing: with another value of the fields that name it, it is another change.
 *
 * @param of those fields; all of them for kinds that compare what is with what is wanted
 */
record Made(String key, JsonNode of) {
  static Made of(ActionCall call, String change) {
    Kind kind = Kinds.named(call.kind()).orElseThrow();
    return new Made(
        call.key().of(change),
        kind.facts().guard() == Guard.STATE ? call.with() : thing(kind, call.with()));
  }

  private static JsonNode thing(Kind kind, JsonNode with) {
    ObjectNode thing = JsonNodeFactory.instance.objectNode();
    kind.thing().forEach(field -> thing.set(field, with.path(field)));
    return thing;
  }
}
