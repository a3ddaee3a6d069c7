package io.rekindle.starter.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.rekindle.starter.BadInput;
import io.rekindle.starter.run.Account.Played;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** A run as a file that can be handed on. */
final class ReportFile {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private ReportFile() {}

  /** How a report is written down. */
  enum Format {
    MD,
    HTML,
    JSON;

    /** By the end of the file's name. */
    static Optional<Format> of(Path file) {
      String name = file.toString().toLowerCase(Locale.ROOT);
      return Arrays.stream(values())
          .filter(each -> name.endsWith("." + each.name().toLowerCase(Locale.ROOT)))
          .findFirst();
    }
  }

  /** Throws {@link BadInput} when it cannot be written. */
  static void write(Path file, Format format, RunReport report) {
    try {
      Files.writeString(file, content(format, report));
    } catch (IOException failed) {
      throw new BadInput("--report " + file + " could not be written: " + failed.getMessage());
    }
  }

  static String content(Format format, RunReport report) throws JsonProcessingException {
    return switch (format) {
      case MD -> markdown(report);
      case HTML -> new ReportPage(report).html();
      case JSON -> JSON.writeValueAsString(ReportJson.of(report)) + "\n";
    };
  }

  private static String markdown(RunReport report) {
    StringBuilder text = new StringBuilder();
    text.append("# ").append(report.title()).append("\n\n");
    text.append("**").append(report.outcome()).append("**: ");
    text.append(report.account().why()).append("\n\n");
    report
        .verdicts()
        .forEach(each ->
            text.append("- ")
                .append(each.label().strip())
                .append(": ")
                .append(each.sentence())
                .append('\n'));
    text.append("- critical path: ").append(report.criticalPath()).append('\n');
    report.counts().forEach(count -> text.append("- ").append(count).append('\n'));
    text.append('\n');
    text.append("| step | start | end | attempts | what happened |\n|---|---|---|---|---|\n");
    report.account().steps().forEach(step -> text.append(row(report, step)));
    if (!report.next().ours().isEmpty()) {
      text.append('\n').append(report.choice()).append("\n\n```sh\n");
      report.next().ours().forEach(each -> text.append(each).append('\n'));
      text.append("```\n\nor the same with the temporal command line:\n\n```sh\n");
      report.next().temporal().forEach(each -> text.append(each).append('\n'));
      text.append("```\n");
    }
    return text.toString();
  }

  private static String row(RunReport report, Played step) {
    return "| %s | %s | %s | %s | %s |\n"
        .formatted(
            step.step().id(),
            RunReport.time(report.account().start(step)),
            RunReport.time(report.account().end(step)),
            step.attempts() == 0 ? "" : String.valueOf(step.attempts()),
            report.happened(step).replace("|", "\\|").replace("\n", " "));
  }
}
