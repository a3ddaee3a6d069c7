package io.rekindle.source;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Prints the figures of this repository; {@code -Dfigures=all} adds what makes them so. */
class FiguresTest {
  private static final boolean ALL = "all".equals(System.getProperty("figures"));
  private static final int WORST = 40;
  private static final String HEAD = "\n%-34s %7s  %s\n".formatted("figure", "now", "limit");

  /** Told and not yet demanded. What is reached is taken off the list, and at last the list. */
  private static final Set<Figure> NOT_YET =
      EnumSet.of(
          Figure.FILE_P95,
          Figure.FILE_LONGEST,
          Figure.METHOD_LONGEST,
          Figure.NOT_PUBLIC,
          Figure.PUBLIC_TYPES,
          Figure.TESTS);

  @Test
  void figuresKeepTheirLimits() {
    Code code = Code.read();
    List<Row> rows =
        Arrays.stream(Figure.values()).map(figure -> new Row(figure, figure.of(code))).toList();
    System.out.println(rows.stream().map(Row::line).collect(joining("\n", HEAD, "\n")));
    assertThat(rows.stream().filter(row -> !row.isGood() && !NOT_YET.contains(row.figure())))
        .isEmpty();
  }

  private record Row(Figure figure, Measured now) {
    boolean isGood() {
      return figure.limit().allows(now.number());
    }

    String line() {
      String line =
          "%-34s %7s  %-6s %s".formatted(figure.words(), now, figure.limit().words(), note());
      return line.stripTrailing() + (ALL ? worst() : "");
    }

    private String note() {
      boolean waived = NOT_YET.contains(figure);
      if (isGood()) {
        return waived ? "reached: take it off NOT_YET" : "";
      }
      String first = now.because().stream().limit(1).map(": "::concat).collect(joining());
      return (waived ? "not yet" : "BROKEN") + first;
    }

    private String worst() {
      return now.because().stream().limit(WORST).map("\n    "::concat).collect(joining());
    }
  }
}
