package io.rekindle.simulator.contract;

import java.util.regex.Pattern;

/** How values are written where all is text. */
enum Scalars {
  WHOLE("-?\\d+"),
  DECIMAL("-?(\\d+(\\.\\d*)?([eE][-+]?\\d+)?|Infinity)|NaN"),
  TRUTH("true|false"),
  TIME("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?(Z|[-+]\\d\\d:?\\d\\d)"),
  ANY("(?s).*");

  private final Pattern pattern;

  Scalars(String pattern) {
    this.pattern = Pattern.compile(pattern);
  }

  static boolean isWritten(String text, String type) {
    Scalars scalar =
        switch (type) {
          case "integer", "long" -> WHOLE;
          case "float", "double" -> DECIMAL;
          case "boolean" -> TRUTH;
          case "timestamp" -> TIME;
          default -> ANY;
        };
    return scalar.pattern.matcher(text).matches();
  }
}
