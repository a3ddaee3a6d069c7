package io.rekindle.rehearse;

import com.fasterxml.jackson.databind.JsonNode;
import io.rekindle.action.ActionCall;
import io.rekindle.plan.Kind;
import io.rekindle.plan.Kinds;
import io.rekindle.plan.value.RegionName;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What steps give in a rehearsal: what the facts say that it looks like, filled in. */
final class RehearsedOutputs {
  private RehearsedOutputs() {}

  static Map<String, String> of(Kind kind, ActionCall call) {
    Map<String, String> outputs = new HashMap<>();
    for (Kind.Output output : kind.outputs()) {
      output
          .of(call.drill())
          .filled(blank -> blank(blank, call))
          .ifPresent(value -> outputs.put(output.name(), value));
    }
    return outputs;
  }

  private static Optional<String> blank(String name, ActionCall call) {
    return switch (name) {
      case "run" ->
          Optional.of(
              call.key().run()
                  + (call.key().generation() > 1 ? "-g" + call.key().generation() : ""));
      case "region" -> Optional.of(call.region());
      case "partition" -> region(call).map(RegionName::partition);
      case "suffix" -> region(call).map(RegionName::dnsSuffix);
      case "account" -> Optional.of("123456789012");
      default -> field(call.with(), name).or(() -> byDefault(call.kind(), name));
    };
  }

  private static Optional<RegionName> region(ActionCall call) {
    return Optional.of(call.region()).filter(name -> !name.isEmpty()).map(RegionName::new);
  }

  private static Optional<String> field(JsonNode with, String path) {
    JsonNode value = with.at("/" + path.replace('.', '/'));
    return value.isValueNode() && !value.isNull() ? Optional.of(value.asText()) : Optional.empty();
  }

  private static Optional<String> byDefault(String kind, String field) {
    return Kinds.named(kind)
        .flatMap(each -> each.fields().slot(field))
        .flatMap(slot -> slot.byDefault());
  }
}
