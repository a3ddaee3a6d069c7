package io.rekindle.starter.command;

import io.rekindle.plan.shape.Shapes;
import io.rekindle.starter.run.Account;
import io.rekindle.starter.run.Account.Played;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A rehearsal as one page that needs nothing else: for a phone, a screen or paper. */
record ReportPage(RunReport report) {
  private static final String STYLE =
      """
      :root { color-scheme: light dark; --ink: #1c2230; --soft: #667; --line: #d5d9e2; --paper: #fff;
        --bar: #8fa8d8; --critical: #2f5fb3; --good: #1a7f4b; --bad: #b3261e; --wait: #8a5a00 }
      @media (prefers-color-scheme: dark) { :root { --ink: #e6e9f0; --soft: #9aa3b5; --line: #343b4a;
        --paper: #14181f; --bar: #4a6396; --critical: #86aef5; --good: #5fce95; --bad: #ff8f86; --wait: #f0c060 } }
      body { font: 16px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper);
        max-width: 66rem; margin: 0 auto; padding: 1rem; overflow-wrap: anywhere }
      h1 { font-size: 1.35rem } h2 { font-size: 1.1rem; margin-top: 2rem; break-after: avoid }
      .outcome { font-size: 1.6rem; font-weight: 700 } .good { color: var(--good) } .bad { color: var(--bad) }
      .stuck { color: var(--wait) } .soft { color: var(--soft) }
      dl { display: grid; grid-template-columns: max-content 1fr; gap: .2rem 1.2rem }
      dt { font-weight: 600 } dd { margin: 0 }
      .row { display: grid; grid-template-columns: 12rem 1fr; gap: .8rem; break-inside: avoid }
      .row > span { font-size: .9rem; text-align: right }
      .axis { display: flex; justify-content: space-between; font-size: .85rem; color: var(--soft) }
      .track { position: relative; min-height: 1.5rem; border-right: 1px solid var(--line);
        background: linear-gradient(to right, var(--line) 1px, transparent 1px) 0 0 / 25% 100% }
      .track i { position: absolute; top: .2rem; bottom: .2rem; min-width: 3px; border-radius: 3px;
        background: var(--bar); print-color-adjust: exact; -webkit-print-color-adjust: exact }
      .track i.critical { background: var(--critical) }
      .track i.stuck { right: 0; min-width: .5rem; border: 1px solid var(--wait); box-sizing: border-box;
        background: repeating-linear-gradient(45deg, var(--wait) 0 2px, transparent 2px 6px) }
      table { border-collapse: collapse; width: 100% }
      th, td { text-align: left; vertical-align: top; padding: .3rem .9rem .3rem 0; white-space: nowrap;
        border-bottom: 1px solid var(--line) }
      td:last-child { white-space: normal; width: 99% } tr { break-inside: avoid }
      code { font-size: .9em } li { margin-bottom: .3rem }
      @media (max-width: 40rem) { dl { display: block } dd { margin-bottom: .4rem }
        .row { grid-template-columns: 1fr; gap: 0 } .row > span { text-align: left }
        .row > span:empty { display: none }
        thead { display: none } tr { display: block; padding: .4rem 0; border-bottom: 1px solid var(--line) }
        td { display: inline-block; border: 0; padding-bottom: 0 } td:empty { display: none }
        td[title]::before { content: attr(title) " "; color: var(--soft) }
        td:first-child { font-weight: 600; display: block } td:last-child { display: block; width: auto } }
      @media print { :root { --ink: #000; --paper: #fff; --line: #bbb; --bar: #bbb; --critical: #555; --soft: #444;
        --good: #000; --bad: #000; --wait: #000 } body { max-width: none; font-size: 10pt; padding: 0 } }
      """;

  String html() {
    Account account = report.account();
    StringBuilder page = new StringBuilder();
    page.append("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">");
    page.append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">");
    page.append("<title>").append(escaped(report.title())).append("</title>\n<style>\n");
    page.append(STYLE).append("</style></head>\n<body>\n<h1>").append(escaped(report.title()));
    page.append("</h1>\n<p><span class=\"outcome ").append(tone()).append("\">");
    page.append(report.outcome()).append("</span><br>").append(escaped(account.why()));
    page.append("</p>\n<dl>\n");
    report.verdicts().forEach(verdict -> page.append(definition(verdict)));
    report.counts().forEach(count -> page.append(counted(count)));
    page.append("</dl>\n<h2>Timeline</h2>\n").append(chart());
    page.append("<p class=\"soft\">Strong bars are the critical path: ");
    page.append(escaped(report.criticalPath())).append("</p>\n<h2>Steps</h2>\n<table><thead><tr>");
    page.append("<th>step<th>start<th>end<th>attempts<th>what happened</tr></thead><tbody>\n");
    account.steps().forEach(step -> page.append(row(step)));
    page.append("</tbody></table>\n").append(commands()).append("</body></html>\n");
    return page.toString();
  }

  private String tone() {
    return switch (report.account().ending()) {
      case RECOVERED, RETURNED -> "good";
      case FAILED, UNVERIFIED -> "bad";
      case BLOCKED, UNDER_WAY -> "stuck";
    };
  }

  private static String definition(RunReport.Verdict verdict) {
    String tone =
        verdict.good().map(good -> good ? " class=\"good\"" : " class=\"bad\"").orElse("");
    return "<dt>%s</dt><dd%s>%s</dd>\n"
        .formatted(escaped(verdict.label().strip()), tone, escaped(verdict.sentence()));
  }

  private static String counted(String count) {
    String[] parts = count.split(": ", 2);
    return parts.length == 2
        ? "<dt>%s</dt><dd>%s</dd>\n".formatted(escaped(parts[0]), escaped(parts[1]))
        : "<dt></dt><dd>%s</dd>\n".formatted(escaped(count));
  }

  private String chart() {
    StringBuilder rows =
        new StringBuilder("<div role=\"img\" aria-label=\"When each step ran\">\n");
    rows.append("<div class=\"row\"><span></span><div class=\"axis\">");
    for (int quarter = 0; quarter <= 4; quarter++) {
      Duration at = report.account().lasted().multipliedBy(quarter).dividedBy(4);
      rows.append("<span>").append(Bars.time(at)).append("</span>");
    }
    rows.append("</div></div>\n");
    for (Played each : report.account().steps()) {
      rows.append("<div class=\"row\"><span>").append(name(each)).append("</span>");
      rows.append("<div class=\"track\">").append(bar(each)).append("</div></div>\n");
    }
    return rows.append("</div>\n").toString();
  }

  private static String name(Played each) {
    String id = escaped(each.step().id());
    return each.isStuck()
        ? id + " <b class=\"stuck\">" + Shapes.word(each.state().status()) + "</b>"
        : id;
  }

  private String bar(Played each) {
    return report.account().since(each).map(start -> bar(each, start)).orElse("");
  }

  private String bar(Played each, Duration start) {
    Account account = report.account();
    Duration end = account.end(each).orElse(account.lasted());
    String width = "width:" + percent(end.minus(start));
    if (each.isStuck()) {
      return bar("stuck", width, Bars.time(start) + " on: " + report.happened(each));
    }
    return bar(
        account.critical().contains(each.step().id()) ? "critical" : "",
        "left:" + percent(start) + ";" + width,
        Bars.time(start) + " to " + Bars.time(end));
  }

  private static String bar(String look, String place, String title) {
    return "<i class=\"%s\" style=\"%s\" title=\"%s\"></i>".formatted(look, place, escaped(title));
  }

  private String percent(Duration time) {
    double whole = Math.max(1, report.account().lasted().toMillis());
    return String.format(Locale.ROOT, "%.2f%%", 100 * time.toMillis() / whole);
  }

  private String row(Played step) {
    return ("<tr><td>%s<td title=\"start\">%s<td title=\"end\">%s<td title=\"attempts\">%s"
            + "<td>%s</tr>\n")
        .formatted(
            escaped(step.step().id()),
            RunReport.time(report.account().start(step)),
            RunReport.time(report.account().end(step)),
            step.attempts() == 0 ? "" : String.valueOf(step.attempts()),
            escaped(report.happened(step)));
  }

  private String commands() {
    NextCommands next = report.next();
    return next.ours().isEmpty()
        ? ""
        : "<h2>Commands now</h2>\n"
            + commands(next.ours())
            + "<p>or the same with the temporal command line:</p>\n"
            + commands(next.temporal());
  }

  private static String commands(List<String> commands) {
    return commands.stream()
        .map(each -> "<li><code>" + escaped(each) + "</code></li>\n")
        .collect(Collectors.joining("", "<ul>\n", "</ul>\n"));
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
