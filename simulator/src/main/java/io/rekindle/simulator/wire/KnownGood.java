package io.rekindle.simulator.wire;

import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The operations that the emulator is known to answer as AWS does. All others never reach it. */
public final class KnownGood {
  private static final Map<String, Set<String>> OPERATIONS =
      Resources.lines(KnownGood.class, "known-good.txt").stream()
          .map(line -> line.split(":", 2))
          .collect(
              Collectors.groupingBy(
                  parts -> parts[0].strip(),
                  Collectors.flatMapping(
                      parts -> Arrays.stream(parts[1].strip().split("\\s+")), Collectors.toSet())));

  private KnownGood() {}

  /** An emulator that refuses what it is not known to do, with 501. */
  public static Cloud only(Cloud emulator) {
    return request ->
        OPERATIONS.getOrDefault(request.service(), Set.of()).contains(request.operation())
            ? emulator.answer(request)
            : refusal(request).to(request);
  }

  private static Refusal refusal(Request request) {
    String service = request.service().isEmpty() ? "an unsigned request" : request.service();
    return new Refusal(
        501,
        "NotSimulated",
        "The simulator does not know "
            + service
            + " "
            + request.operation()
            + ": add a fake for it, or put it into known-good.txt once a test has shown that the"
            + " emulator answers it as AWS does.");
  }
}
