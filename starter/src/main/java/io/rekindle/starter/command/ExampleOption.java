package io.rekindle.starter.command;

import io.rekindle.starter.BadInput;
import java.util.List;
import picocli.CommandLine.Option;

/** Which application the simulated AWS has. */
final class ExampleOption {
  /** Those of {@code examples/} that can be simulated. */
  static final List<String> NAMES = List.of("visitor-counter", "pilot-light-service");

  private static final String THERE_ARE = String.join(", ", NAMES);

  @Option(
      names = "--example",
      paramLabel = "NAME",
      description =
          "Which application of examples/ the simulated AWS has; default: ${DEFAULT-VALUE}.",
      defaultValue = "visitor-counter")
  private String name = "";

  String name() {
    if (!NAMES.contains(name)) {
      throw new BadInput(
          "There is no example '%s' to simulate; there are: %s.".formatted(name, THERE_ARE));
    }
    return name;
  }
}
