package io.rekindle.source;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Prints the figures of this repository; {@code -Dfigures=all} adds what makes them so. */
class FiguresTest {
  private static final boolean ALL = "all".equals(System.getProperty("figures"));
  private static final int WORST = 40;
  private static final String HEAD = "\n%-34s %7s  %s\n".formatted("figure", "now", "limit");

  @Test
  void figuresKeepTheirLimits() {
    Code code = Code.read();
    List<Row> rows =
        Arrays.stream(Figure.values()).map(figure -> new Row(figure, figure.of(code))).toList();
    System.out.println(rows.stream().map(Row::line).collect(joining("\n", HEAD, "\n")));
    assertThat(rows.stream().filter(row -> !row.isGood())).isEmpty();
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
      return isGood()
          ? ""
          : now.because().stream().limit(1).map(": "::concat).collect(joining("", "BROKEN", ""));
    }

    private String worst() {
      return now.because().stream().limit(WORST).map("\n    "::concat).collect(joining());
    }
  }
}
