package io.rekindle.starter.command;

import io.rekindle.plan.shape.Shapes;
import io.rekindle.starter.command.RunReport.Origin;
import io.rekindle.starter.run.Account;
import io.rekindle.starter.run.Account.Played;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A run as scripts read it. Times are seconds.
 *
 * @param away how long the application was away, counted from the impact where it is known
 * @param repeatedChanges only a rehearsal counts what was made twice
 */
record ReportJson(
    String application,
    String mode,
    String run,
    @Nullable Long seed,
    String outcome,
    String why,
    long lasted,
    long away,
    String awaySince,
    @Nullable Long rto,
    @Nullable Boolean rtoMet,
    @Nullable Long loss,
    @Nullable Boolean rpoMet,
    int changes,
    @Nullable Long repeatedChanges,
    @Nullable Long repeatedMessages,
    @Nullable Boolean crashed,
    List<String> criticalPath,
    List<StepJson> steps,
    List<String> commands,
    List<String> signals) {

  /** One step. */
  record StepJson(
      String id,
      String uses,
      String status,
      @Nullable Long start,
      @Nullable Long end,
      int attempts,
      List<String> changes,
      @Nullable String note) {}

  static ReportJson of(RunReport report) {
    Account account = report.account();
    return new ReportJson(
        account.plan().application().value(),
        Shapes.word(account.mode()),
        account.state().run(),
        rehearsed(report, Origin.Rehearsal::seed),
        report.outcome(),
        account.why(),
        account.lasted().toSeconds(),
        account.away().toSeconds(),
        account.state().clocks().impact() == null ? "start" : "impact",
        report.rto().map(Duration::toSeconds).orElse(null),
        report.metTime().orElse(null),
        account.loss().most().map(Duration::toSeconds).orElse(null),
        report.metLoss().orElse(null),
        account.changes(),
        rehearsed(report, Origin.Rehearsal::repeated),
        rehearsed(report, Origin.Rehearsal::repeatedMessages),
        rehearsed(report, Origin.Rehearsal::crashed),
        account.critical(),
        account.steps().stream().map(each -> json(account, each)).toList(),
        report.next().ours(),
        report.next().temporal());
  }

  private static <T> @Nullable T rehearsed(RunReport report, Function<Origin.Rehearsal, T> what) {
    return switch (report.origin()) {
      case Origin.Rehearsal rehearsal -> what.apply(rehearsal);
      case Origin.Real real -> null;
    };
  }

  private static StepJson json(Account account, Played each) {
    return new StepJson(
        each.step().id(),
        each.step().uses(),
        Shapes.word(each.state().status()),
        seconds(account.start(each)),
        seconds(account.end(each)),
        each.attempts(),
        each.changes(),
        each.state().note());
  }

  private static @Nullable Long seconds(Optional<Duration> time) {
    return time.map(Duration::toSeconds).orElse(null);
  }
}
