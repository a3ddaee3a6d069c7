package io.rekindle.starter.command;

import io.rekindle.starter.rehearse.Rehearsed;
import io.rekindle.starter.rehearse.Rehearsed.Played;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/** A rehearsal as one page that needs nothing else: for a phone, a screen or paper. */
record RehearsalPage(RehearsalReport report) {
  private static final int ROW = 26;
  private static final int WIDTH = 1000;
  private static final String STYLE =
      """
      :root { color-scheme: light dark; --ink: #1c2230; --soft: #667; --line: #d5d9e2; --paper: #fff;
        --bar: #8fa8d8; --critical: #2f5fb3; --good: #1a7f4b; --bad: #b3261e; --wait: #8a5a00 }
      @media (prefers-color-scheme: dark) { :root { --ink: #e6e9f0; --soft: #9aa3b5; --line: #343b4a;
        --paper: #14181f; --bar: #4a6396; --critical: #86aef5; --good: #5fce95; --bad: #ff8f86; --wait: #f0c060 } }
      body { font: 16px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper);
        max-width: 66rem; margin: 0 auto; padding: 1rem }
      h1 { font-size: 1.35rem } h2 { font-size: 1.1rem; margin-top: 2rem }
      .outcome { font-size: 1.6rem; font-weight: 700 } .good { color: var(--good) } .bad { color: var(--bad) }
      .stuck { color: var(--wait) } .soft { color: var(--soft) }
      .scroll { overflow-x: auto } svg { width: 100%; min-width: 34rem; height: auto; display: block }
      svg text { font: 13px system-ui, sans-serif; fill: var(--ink) } .tick { stroke: var(--line) }
      svg text.soft { fill: var(--soft) } .bar { fill: var(--bar) } .critical { fill: var(--critical) }
      table { border-collapse: collapse; width: 100% }
      th, td { text-align: left; vertical-align: top; padding: .3rem .6rem .3rem 0; border-bottom: 1px solid var(--line);
        overflow-wrap: anywhere }
      code { font-size: .9em } dt { font-weight: 600 } dd { margin: 0 0 .4rem }
      @media (max-width: 40rem) { thead { display: none } tr { display: block; padding: .4rem 0;
        border-bottom: 1px solid var(--line) } td { display: inline-block; border: 0; padding-bottom: 0 }
        td:first-child { font-weight: 600 } td:last-child { display: block } }
      @media print { :root { --ink: #000; --paper: #fff; --line: #bbb; --bar: #bbb; --critical: #555; --soft: #444;
        --good: #000; --bad: #000; --wait: #000 } body { max-width: none; font-size: 11pt; padding: 0 }
        .scroll { overflow: visible } svg { min-width: 0 } tr, svg { break-inside: avoid }
        .bar, .critical { print-color-adjust: exact; -webkit-print-color-adjust: exact } }
      """;

  String html() {
    Rehearsed rehearsed = report.rehearsed();
    StringBuilder page = new StringBuilder();
    page.append("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">");
    page.append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">");
    page.append("<title>").append(escaped(report.title())).append("</title>\n<style>\n");
    page.append(STYLE).append("</style></head>\n<body>\n<h1>").append(escaped(report.title()));
    page.append("</h1>\n<p><span class=\"outcome ").append(tone()).append("\">");
    page.append(report.outcome()).append("</span><br>").append(escaped(rehearsed.why()));
    page.append("</p>\n<dl>\n");
    report.verdicts().forEach(verdict -> page.append(definition(verdict)));
    page.append(
        "<dt>changes</dt><dd>%d applied, %d repeated</dd>\n"
            .formatted(rehearsed.changes().size(), rehearsed.repeated()));
    page.append("</dl>\n<h2>Timeline</h2>\n<div class=\"scroll\">").append(chart());
    page.append("</div>\n<p class=\"soft\">Dark bars are the critical path: ");
    page.append(escaped(report.criticalPath())).append("</p>\n<h2>Steps</h2>\n<table><thead><tr>");
    page.append("<th>step<th>start<th>end<th>attempts<th>what happened</tr></thead><tbody>\n");
    rehearsed.steps().forEach(step -> page.append(row(step)));
    page.append("</tbody></table>\n").append(commands()).append("</body></html>\n");
    return page.toString();
  }

  private String tone() {
    return switch (report.rehearsed().ending()) {
      case RECOVERED -> "good";
      case FAILED -> "bad";
      case BLOCKED -> "stuck";
    };
  }

  private static String definition(RehearsalReport.Verdict verdict) {
    String tone =
        verdict.good().map(good -> good ? " class=\"good\"" : " class=\"bad\"").orElse("");
    return "<dt>%s</dt><dd%s>%s</dd>\n"
        .formatted(escaped(verdict.label().strip()), tone, escaped(verdict.sentence()));
  }

  private String chart() {
    int names =
        24
            + 7
                * report.rehearsed().steps().stream()
                    .mapToInt(each -> each.step().id().length())
                    .max()
                    .orElse(0);
    int height = ROW * report.rehearsed().steps().size() + 30;
    double total = Math.max(1, report.rehearsed().lasted().toMillis());
    StringBuilder svg = new StringBuilder();
    svg.append(
        "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"When each step ran\">\n"
            .formatted(WIDTH, height));
    for (int quarter = 0; quarter <= 4; quarter++) {
      double x = names + (WIDTH - names - 30) * quarter / 4.0;
      Duration at = report.rehearsed().lasted().multipliedBy(quarter).dividedBy(4);
      svg.append(
          format(
              "<line class=\"tick\" x1=\"%.1f\" x2=\"%.1f\" y1=\"20\" y2=\"%d\"/>", x, x, height));
      svg.append(
          format(
              "<text class=\"soft\" text-anchor=\"middle\" x=\"%.1f\" y=\"13\">%s</text>\n",
              x, Bars.time(at)));
    }
    int y = 26;
    for (Played each : report.rehearsed().steps()) {
      svg.append("<text x=\"0\" y=\"%d\">%s</text>".formatted(y + 15, escaped(each.step().id())));
      svg.append(bar(each, names, y, total)).append('\n');
      y += ROW;
    }
    return svg.append("</svg>").toString();
  }

  private String bar(Played each, int names, int y, double total) {
    Optional<Duration> start = report.rehearsed().start(each);
    if (start.isEmpty()) {
      return "";
    }
    Duration end = report.rehearsed().end(each).orElse(report.rehearsed().lasted());
    double room = WIDTH - names - 30;
    double from = names + room * start.get().toMillis() / total;
    double length = Math.max(3, room * end.minus(start.get()).toMillis() / total);
    boolean critical = report.rehearsed().critical().contains(each.step().id());
    return format(
        "<rect class=\"%s\" rx=\"3\" x=\"%.1f\" y=\"%d\" width=\"%.1f\""
            + " height=\"%d\"><title>%s</title></rect>",
        critical ? "critical" : "bar",
        from,
        y,
        length,
        ROW - 6,
        escaped(Bars.time(start.get()) + " to " + Bars.time(end)));
  }

  private String row(Played step) {
    return "<tr><td>%s<td>%s<td>%s<td>%s<td>%s</tr>\n"
        .formatted(
            escaped(step.step().id()),
            RehearsalReport.time(report.rehearsed().start(step)),
            RehearsalReport.time(report.rehearsed().end(step)),
            step.attempts() == 0 ? "" : String.valueOf(step.attempts()),
            escaped(report.happened(step)));
  }

  private String commands() {
    if (report.commands().isEmpty()) {
      return "";
    }
    StringBuilder list = new StringBuilder("<h2>What a person could say next</h2>\n<ul>\n");
    report
        .commands()
        .forEach(each -> list.append("<li><code>").append(escaped(each)).append("</code></li>\n"));
    return list.append("</ul>\n").toString();
  }

  private static String format(String text, Object... values) {
    return String.format(Locale.ROOT, text, values);
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
