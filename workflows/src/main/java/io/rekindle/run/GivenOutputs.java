package io.rekindle.run;

import io.rekindle.plan.Kind;
import io.rekindle.plan.shape.Nearest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a person may give in place of what a step gives.
 *
 * @param declared what such a step gives
 */
record GivenOutputs(String step, List<Kind.Output> declared) {

  /** What is wrong with the first of them that is, or nothing. */
  Optional<String> objection(Map<String, String> given) {
    return new TreeMap<>(given)
        .entrySet().stream()
            .flatMap(each -> objection(each.getKey(), each.getValue()).stream())
            .findFirst();
  }

  private Optional<String> objection(String name, String value) {
    Optional<Kind.Output> output =
        declared.stream().filter(each -> each.name().equals(name)).findFirst();
    if (output.isEmpty()) {
      return Optional.of(unknown(name));
    }
    if (value.isBlank()) {
      return Optional.of("output '%s' of '%s' has no value".formatted(name, step));
    }
    return wanted(output.get(), value)
        .map(wanted -> "output '%s' of '%s' is %s, not '%s'".formatted(name, step, wanted, value));
  }

  private String unknown(String name) {
    List<String> names = declared.stream().map(Kind.Output::name).toList();
    return "step '%s' has no output '%s'; it has %s%s"
        .formatted(
            step,
            name,
            names.isEmpty() ? "none" : String.join(", ", names),
            Nearest.to(name, names).map(word -> "; did you mean '" + word + "'?").orElse(""));
  }

  /** What the value should have been, where it is something else. */
  private static Optional<String> wanted(Kind.Output output, String value) {
    return switch (output.scalar()) {
      case WHOLE -> value.matches("-?\\d{1,18}") ? Optional.empty() : Optional.of("a whole number");
      case FLAG -> value.matches("true|false") ? Optional.empty() : Optional.of("true or false");
      case TEXT, DECIMAL, NOTHING -> Optional.empty();
    };
  }
}
