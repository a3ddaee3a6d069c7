package io.rekindle.plan.shape;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Durations as people write them: {@code 90s}, {@code 30m}, {@code 1h30m}, {@code 7d}. */
public final class Durations {
  static final String PATTERN = "^(?=\\d)(\\d{1,6}d)?(\\d{1,6}h)?(\\d{1,6}m)?(\\d{1,6}s)?$";
  private static final Pattern FORM = Pattern.compile(PATTERN);

  private Durations() {}

  public static Duration parse(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      throw new IllegalArgumentException("is not a duration such as 90s, 30m or 1h30m");
    }
    return Duration.ofDays(amount(form.group(1)))
        .plusHours(amount(form.group(2)))
        .plusMinutes(amount(form.group(3)))
        .plusSeconds(amount(form.group(4)));
  }

  private static long amount(@Nullable String part) {
    return part == null ? 0 : Long.parseLong(part.substring(0, part.length() - 1));
  }

  /** The shortest way to write it, to the second. */
  public static String format(Duration duration) {
    StringBuilder text = new StringBuilder();
    append(text, duration.toDays(), 'd');
    append(text, duration.toHoursPart(), 'h');
    append(text, duration.toMinutesPart(), 'm');
    append(text, duration.toSecondsPart(), 's');
    return text.isEmpty() ? "0s" : text.toString();
  }

  private static void append(StringBuilder text, long amount, char unit) {
    if (amount > 0) {
      text.append(amount).append(unit);
    }
  }
}
