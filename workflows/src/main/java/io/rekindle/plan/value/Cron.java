package io.rekindle.plan.value;

import io.rekindle.plan.shape.Component.Text;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * When a schedule fires: the five classic fields, minute to day of week, as Temporal's schedules
 * take them.
 */
@Text(value = "five cron fields such as 0 3 * * SUN", example = "0 3 * * SUN")
public record Cron(String value) {
  private static final List<String> MONTHS =
      List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");
  private static final List<String> DAYS = List.of("sun", "mon", "tue", "wed", "thu", "fri", "sat");
  private static final List<Field> FIELDS =
      List.of(
          new Field("minute", 0, 59, List.of()),
          new Field("hour", 0, 23, List.of()),
          new Field("day of month", 1, 31, List.of()),
          new Field("month", 1, 12, MONTHS),
          new Field("day of week", 0, 7, DAYS));

  public Cron {
    String[] parts = value.trim().split("\\s+", -1);
    if (parts.length != FIELDS.size()) {
      throw new IllegalArgumentException(
          "has " + parts.length + " cron fields instead of five (minute hour day month weekday)");
    }
    for (int i = 0; i < parts.length; i++) {
      FIELDS.get(i).check(parts[i]);
    }
  }

  private record Field(String name, int min, int max, List<String> words) {
    private static final Pattern ENTRY = Pattern.compile("(\\*|\\w+)(?:-(\\w+))?(?:/(\\d{1,3}))?");

    void check(String text) {
      for (String entry : text.split(",", -1)) {
        Matcher form = ENTRY.matcher(entry);
        if (!form.matches() || !inOrder(form)) {
          throw new IllegalArgumentException(
              "has '" + text + "' as its " + name + " (" + min + " to " + max + ")");
        }
      }
    }

    private boolean inOrder(Matcher form) {
      String step = form.group(3);
      if (step != null && Integer.parseInt(step) == 0) {
        return false;
      }
      if (form.group(1).equals("*")) {
        return form.group(2) == null;
      }
      int from = number(form.group(1));
      int to = form.group(2) == null ? from : number(form.group(2));
      return min <= from && from <= to && to <= max;
    }

    private int number(String text) {
      int word = words.indexOf(text.toLowerCase(Locale.ROOT));
      if (word >= 0) {
        return word + min;
      }
      return text.matches("\\d{1,2}") ? Integer.parseInt(text) : -1;
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
