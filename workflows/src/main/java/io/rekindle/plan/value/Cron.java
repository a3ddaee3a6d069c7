package io.rekindle.plan.value;

import io.rekindle.plan.shape.Component.Text;
import java.time.Duration;
import java.time.Month;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * When a schedule fires: the five classic fields, minute to day of week, as Temporal's schedules
 * take them.
 */
@Text(value = "five cron fields such as 0 3 * * SUN", example = "0 3 * * SUN")
public record Cron(String value) {
  private static final List<String> MONTHS =
      List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");
  private static final List<String> DAYS = List.of("sun", "mon", "tue", "wed", "thu", "fri", "sat");
  private static final int MINUTE = 0;
  private static final int HOUR = 1;
  private static final int DAY = 2;
  private static final int MONTH = 3;
  private static final List<Field> FIELDS =
      List.of(
          new Field("minute", 0, 59, List.of()),
          new Field("hour", 0, 23, List.of()),
          new Field("day of month", 1, 31, List.of()),
          new Field("month", 1, 12, MONTHS),
          new Field("day of week", 0, 7, DAYS));

  public Cron {
    String[] parts = parts(value);
    if (parts.length != FIELDS.size()) {
      throw new IllegalArgumentException(
          "has " + parts.length + " cron fields instead of five (minute hour day month weekday)");
    }
    List<Set<Integer>> fires = fires(parts);
    if (!hasADay(fires.get(DAY), fires.get(MONTH))) {
      throw new IllegalArgumentException(
          "never fires: day " + parts[DAY] + " of month " + parts[MONTH] + " is in no calendar");
    }
  }

  private static String[] parts(String value) {
    return value.trim().split("\\s+", -1);
  }

  private static List<Set<Integer>> fires(String... parts) {
    List<Set<Integer>> fires = new ArrayList<>();
    for (int i = 0; i < parts.length; i++) {
      fires.add(FIELDS.get(i).numbers(parts[i]));
    }
    return fires;
  }

  /** The five fields with one space between them. */
  public String fields() {
    return String.join(" ", parts(value));
  }

  /** The shortest time between two firings on days that follow each other; a day at most. */
  public Duration gap() {
    List<Set<Integer>> fires = fires(parts(value));
    List<Duration> times =
        fires.get(HOUR).stream()
            .flatMap(hour ->
                fires.get(MINUTE).stream()
                    .map(minute -> Duration.ofHours(hour).plusMinutes(minute)))
            .toList();
    Duration shortest = Duration.ofDays(1).plus(times.getFirst()).minus(times.getLast());
    for (int i = 1; i < times.size(); i++) {
      Duration gap = times.get(i).minus(times.get(i - 1));
      shortest = gap.compareTo(shortest) < 0 ? gap : shortest;
    }
    return shortest;
  }

  /** Whether one of the days is there in one of the months, if only in a leap year. */
  private static boolean hasADay(Set<Integer> days, Set<Integer> months) {
    int first = Collections.min(days);
    return months.stream().anyMatch(month -> first <= Month.of(month).maxLength());
  }

  private record Field(String name, int min, int max, List<String> words) {
    private static final Pattern ENTRY = Pattern.compile("(\\*|\\w+)(?:-(\\w+))?(?:/(\\d{1,3}))?");

    /** All that it stands for. */
    Set<Integer> numbers(String text) {
      Set<Integer> all = new TreeSet<>();
      for (String entry : text.split(",", -1)) {
        Matcher form = ENTRY.matcher(entry);
        List<Integer> numbers = form.matches() ? numbers(form) : List.of();
        if (numbers.isEmpty()) {
          throw new IllegalArgumentException(
              "has '" + text + "' as its " + name + " (" + min + " to " + max + ")");
        }
        all.addAll(numbers);
      }
      return all;
    }

    /** Those of one entry; none where it is not in order. */
    private List<Integer> numbers(Matcher entry) {
      boolean any = entry.group(1).equals("*");
      int from = any ? min : number(entry.group(1));
      int to = last(entry, any, from);
      int step = entry.group(3) == null ? 1 : Integer.parseInt(entry.group(3));
      return step == 0 || from < min || from > to || to > max || any && entry.group(2) != null
          ? List.of()
          : IntStream.iterate(from, each -> each <= to, each -> each + step).boxed().toList();
    }

    private int last(Matcher entry, boolean any, int from) {
      if (any || entry.group(2) == null && entry.group(3) != null) {
        return max;
      }
      return entry.group(2) == null ? from : number(entry.group(2));
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
