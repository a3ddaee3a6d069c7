package io.rekindle.plan;

import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What an output looks like: a text with blanks in braces. */
public final class Like {
  private static final Pattern BLANK = Pattern.compile("\\{([A-Za-z.]+)}");

  private Like() {}

  /** The text with every blank filled; empty when one cannot be. */
  public static Optional<String> fill(String like, Function<String, Optional<String>> blank) {
    Matcher blanks = BLANK.matcher(like);
    StringBuilder filled = new StringBuilder();
    while (blanks.find()) {
      Optional<String> value = blank.apply(blanks.group(1));
      if (value.isEmpty()) {
        return Optional.empty();
      }
      blanks.appendReplacement(filled, Matcher.quoteReplacement(value.get()));
    }
    return Optional.of(blanks.appendTail(filled).toString());
  }
}
