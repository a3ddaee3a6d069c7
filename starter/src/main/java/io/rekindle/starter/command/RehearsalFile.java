package io.rekindle.starter.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.rekindle.starter.BadInput;
import io.rekindle.starter.rehearse.Rehearsed.Played;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** A rehearsal as a file that can be handed on. */
final class RehearsalFile {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private RehearsalFile() {}

  static boolean canBe(Path file) {
    return file.toString().toLowerCase(Locale.ROOT).matches(".*\\.(md|html|json)");
  }

  /** Throws {@link BadInput} when it cannot be written. */
  static void write(Path file, RehearsalReport report) {
    try {
      Files.writeString(file, content(file.toString().toLowerCase(Locale.ROOT), report));
    } catch (IOException failed) {
      throw new BadInput("--report " + file + " could not be written: " + failed.getMessage());
    }
  }

  private static String content(String name, RehearsalReport report) throws IOException {
    if (name.endsWith(".json")) {
      return JSON.writeValueAsString(report.json()) + "\n";
    }
    return name.endsWith(".html") ? new RehearsalPage(report).html() : markdown(report);
  }

  private static String markdown(RehearsalReport report) {
    StringBuilder text = new StringBuilder();
    text.append("# ").append(report.title()).append("\n\n");
    text.append("**").append(report.outcome()).append("**: ");
    text.append(report.rehearsed().why()).append("\n\n");
    report
        .verdicts()
        .forEach(each ->
            text.append("- ")
                .append(each.label().strip())
                .append(": ")
                .append(each.sentence())
                .append('\n'));
    text.append("- critical path: ").append(report.criticalPath()).append('\n');
    text.append("- changes applied: ").append(report.rehearsed().changes().size()).append('\n');
    text.append("- repeated changes: ").append(report.rehearsed().repeated()).append('\n');
    if (report.rehearsed().repeatedMessages() > 0) {
      text.append("- repeated messages: ").append(report.rehearsed().repeatedMessages());
      text.append('\n');
    }
    text.append('\n');
    text.append("| step | start | end | attempts | what happened |\n|---|---|---|---|---|\n");
    report.rehearsed().steps().forEach(step -> text.append(row(report, step)));
    if (!report.next().ours().isEmpty()) {
      text.append("\nIn a real run a person could now say one of:\n\n```sh\n");
      report.next().ours().forEach(each -> text.append(each).append('\n'));
      text.append("```\n\nor the same with the temporal command line:\n\n```sh\n");
      report.next().temporal().forEach(each -> text.append(each).append('\n'));
      text.append("```\n");
    }
    return text.toString();
  }

  private static String row(RehearsalReport report, Played step) {
    return "| %s | %s | %s | %s | %s |\n"
        .formatted(
            step.step().id(),
            RehearsalReport.time(report.rehearsed().start(step)),
            RehearsalReport.time(report.rehearsed().end(step)),
            step.attempts() == 0 ? "" : String.valueOf(step.attempts()),
            report.happened(step).replace("|", "\\|").replace("\n", " "));
  }
}
