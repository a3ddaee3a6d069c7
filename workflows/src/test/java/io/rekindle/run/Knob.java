package io.rekindle.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;

/** A parameter of drawn plans: wherever it is used, it decides something. */
enum Knob {
  QUORUM("integer", "1", List.of("1", "2"), List.of("0", "12", "two")),
  LEAD("string", "anna", List.of("anna", "bert"), List.of("", "  ")),
  OPEN("string", "12h", List.of("1h", "12h"), List.of("never", "0s", "1s")),
  PAUSE("string", "90s", List.of("90s", "10m"), List.of("soon", "25h")),
  DESIRED("integer", "2", List.of("1", "4"), List.of("-5", "many")),
  LEVEL("string", "full", List.of("full", "small"), List.of()),
  CODE("string", "007", List.of("0042", "1.10", "1e3", "012345678901"), List.of());

  private final String type;
  private final String byDefault;
  private final List<String> good;
  private final List<String> bad;

  /**
   * @param bad values that no plan which uses it may be started with
   */
  Knob(String type, String byDefault, List<String> good, List<String> bad) {
    this.type = type;
    this.byDefault = byDefault;
    this.good = good;
    this.bad = bad;
  }

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  List<String> good() {
    return good;
  }

  List<String> bad() {
    return bad;
  }

  void declareIn(ObjectNode parameters) {
    ObjectNode declaration = parameters.putObject(word()).put("type", type);
    if (type.equals("integer")) {
      declaration.put("default", Integer.parseInt(byDefault));
    } else {
      declaration.put("default", byDefault);
    }
  }
}
