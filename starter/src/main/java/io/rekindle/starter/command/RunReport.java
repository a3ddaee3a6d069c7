package io.rekindle.starter.command;

import io.rekindle.plan.Plan;
import io.rekindle.plan.shape.Shapes;
import io.rekindle.run.StepState;
import io.rekindle.starter.Console;
import io.rekindle.starter.Console.Style;
import io.rekindle.starter.ExitCode;
import io.rekindle.starter.rehearse.Rehearsed;
import io.rekindle.starter.run.Account;
import io.rekindle.starter.run.Account.Ending;
import io.rekindle.starter.run.Account.Played;
import io.rekindle.starter.run.DataLoss;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A run as people and scripts read it. */
record RunReport(Account account, Origin origin) {

  /** Where the run took place. */
  sealed interface Origin {
    /**
     * @param repeated how many changes were made more than once
     */
    record Rehearsal(long seed, long repeated, long repeatedMessages, boolean crashed)
        implements Origin {}

    record Real() implements Origin {}
  }

  static RunReport of(Rehearsed rehearsed, long seed) {
    return new RunReport(
        rehearsed.account(),
        new Origin.Rehearsal(
            seed, rehearsed.repeated(), rehearsed.repeatedMessages(), rehearsed.crashed()));
  }

  void print(Console console) {
    console.line(console.styled(Style.BOLD, title()));
    console.line();
    timeline(console);
    console.line();
    bars(console);
    console.line();
    console.line(console.styled(Style.BOLD, "Critical path  ") + criticalPath());
    console.line();
    verdicts().forEach(verdict -> console.line(verdict.label() + "  " + styled(console, verdict)));
    console.line();
    counts().forEach(console::line);
    ending(console);
  }

  String title() {
    String where =
        switch (origin) {
          case Origin.Rehearsal rehearsal -> "rehearsed, seed " + rehearsal.seed();
          case Origin.Real real -> "run %s, %s".formatted(account.state().run(), account.began());
        };
    return "%s, failover, %s: %s"
        .formatted(account.plan().application(), Shapes.word(account.mode()), where);
  }

  /** What was made, and what of it twice. */
  List<String> counts() {
    List<String> counts = new ArrayList<>();
    counts.add("changes applied: " + account.changes());
    if (origin instanceof Origin.Rehearsal rehearsal) {
      counts.add("repeated changes: " + rehearsal.repeated());
      if (rehearsal.repeatedMessages() > 0) {
        counts.add("repeated messages: " + rehearsal.repeatedMessages());
      }
      if (rehearsal.crashed()) {
        counts.add("the worker was killed once; a new one continued");
      }
    }
    return counts;
  }

  private int nameWidth() {
    return account.steps().stream().mapToInt(each -> each.step().id().length()).max().orElse(4);
  }

  private void timeline(Console console) {
    String row = "  %-" + nameWidth() + "s %8s %8s  %-8s  %s";
    console.line(
        console.styled(
            Style.BOLD, row.formatted("step", "start", "end", "attempts", "what happened")));
    for (Played each : account.steps()) {
      String line =
          row.formatted(
              each.step().id(),
              time(account.start(each)),
              time(account.end(each)),
              each.attempts() == 0 ? "" : String.valueOf(each.attempts()),
              happened(each));
      console.line(line.stripTrailing());
    }
  }

  static String time(Optional<Duration> time) {
    return time.map(Bars::time).orElse("");
  }

  String happened(Played played) {
    StepState state = played.state();
    List<String> parts = new ArrayList<>();
    parts.add(Shapes.word(state.status()));
    if (!played.changes().isEmpty()) {
      parts.add(String.join(", ", played.changes()));
    }
    if (state.note() != null) {
      parts.add(state.note());
    }
    seen(state).ifPresent(parts::add);
    return String.join("; ", parts);
  }

  /** What others said, where a step gives that on; a rehearsal makes it up. */
  private Optional<String> seen(StepState state) {
    return switch (origin) {
      case Origin.Rehearsal rehearsal -> Optional.empty();
      case Origin.Real real ->
          Optional.ofNullable(state.outputs().get("seen")).filter(seen -> !seen.isEmpty());
    };
  }

  private void bars(Console console) {
    int names = account.steps().stream().mapToInt(each -> name(each).length()).max().orElse(4);
    int room = Math.max(20, console.width() - names - 8);
    for (Played each : account.steps()) {
      account
          .since(each)
          .ifPresent(start ->
              console.line(
                  ("  %-" + names + "s |%s|")
                      .formatted(name(each), bar(console, each, start, room))));
    }
  }

  private static String name(Played each) {
    String id = each.step().id();
    return each.isStuck() ? id + ", " + Shapes.word(each.state().status()) : id;
  }

  private String bar(Console console, Played each, Duration start, int room) {
    double total = Math.max(1, account.lasted().toMillis());
    double from = start.toMillis() / total;
    double to = account.end(each).orElse(account.lasted()).toMillis() / total;
    String whole = "%-" + room + "s";
    return each.isStuck()
        ? console.styled(Style.YELLOW, whole.formatted(Bars.stuck(from, to, room)))
        : whole.formatted(Bars.bar(from, to, room));
  }

  String criticalPath() {
    String path = String.join(" > ", account.critical());
    return account.ending() == Ending.BLOCKED ? path + ", which waits for a person" : path;
  }

  /** One clock or objective, and whether it is as it should be; absent where nothing is asked. */
  record Verdict(String label, String sentence, Optional<Boolean> good) {}

  private static String styled(Console console, Verdict verdict) {
    return verdict
        .good()
        .map(good -> console.styled(good ? Style.GREEN : Style.RED, verdict.sentence()))
        .orElse(verdict.sentence());
  }

  List<Verdict> verdicts() {
    List<Verdict> verdicts = new ArrayList<>();
    impact().ifPresent(verdicts::add);
    clock("decided", account.state().clocks().decided()).ifPresent(verdicts::add);
    clock("fenced", account.state().clocks().fenced()).ifPresent(verdicts::add);
    account
        .state()
        .openFences()
        .forEach(fence ->
            verdicts.add(new Verdict("fenced", OpenFences.said(fence), Optional.of(false))));
    clock(recovered() ? "serving" : "over", account.state().clocks().serving())
        .ifPresent(verdicts::add);
    clock("way back", account.state().clocks().returning()).ifPresent(verdicts::add);
    clock("home", account.state().clocks().home()).ifPresent(verdicts::add);
    verdicts.add(new Verdict("RTO", recoveryTime(), metTime()));
    verdicts.add(new Verdict("RPO", dataLoss(), metLoss()));
    for (Plan.Store store : account.plan().stores()) {
      if (store.step() == null) {
        String accepted =
            store.accepted() == null ? "not accepted" : "accepted: " + store.accepted();
        verdicts.add(
            new Verdict(
                "store",
                store.id() + " has no copy: all its data may be lost; " + accepted,
                Optional.empty()));
      }
    }
    int width = verdicts.stream().mapToInt(each -> each.label().length()).max().orElse(0);
    return verdicts.stream()
        .map(each ->
            new Verdict(("%-" + width + "s").formatted(each.label()), each.sentence(), each.good()))
        .toList();
  }

  private Optional<Verdict> impact() {
    return Optional.ofNullable(account.state().clocks().impact())
        .map(impact ->
            new Verdict(
                "impact",
                "at %s, %s before the run was started; the clocks begin there"
                    .formatted(impact, Bars.time(Duration.between(impact, account.began()))),
                Optional.empty()));
  }

  private Optional<Verdict> clock(String label, @Nullable Instant at) {
    return at == null
        ? Optional.empty()
        : Optional.of(
            new Verdict(
                label,
                "after " + Bars.time(Duration.between(account.state().clocks().zero(), at)),
                Optional.empty()));
  }

  Optional<Duration> rto() {
    Plan.Objectives objectives = account.plan().objectives();
    return objectives == null ? Optional.empty() : Optional.ofNullable(objectives.rto());
  }

  private Optional<Duration> rpo() {
    Plan.Objectives objectives = account.plan().objectives();
    return objectives == null ? Optional.empty() : Optional.ofNullable(objectives.rpo());
  }

  private boolean recovered() {
    return account.recovered();
  }

  Optional<Boolean> metTime() {
    return rto().map(limit -> recovered() && account.away().compareTo(limit) <= 0);
  }

  private String recoveryTime() {
    if (!recovered()) {
      return switch (account.ending()) {
        case UNVERIFIED -> "not met: nothing proves that the application serves";
        case RETURNED ->
            "not met: it went home before it was seen to serve from the recovery Region";
        case RECOVERED, FAILED, BLOCKED, UNDER_WAY -> "not met: the application does not serve";
      };
    }
    String took = Bars.time(account.away()) + " " + account.since();
    return rto()
        .map(limit -> {
          Duration over = account.away().minus(limit);
          return over.isPositive()
              ? took + "; the objective of " + Bars.time(limit) + " is missed by " + Bars.time(over)
              : took + "; the objective of " + Bars.time(limit) + " is met";
        })
        .orElse(took + "; the plan has no objective");
  }

  Optional<Boolean> metLoss() {
    return rpo().flatMap(account.loss()::isWithin);
  }

  private String dataLoss() {
    DataLoss loss = account.loss();
    String gaps = String.join("; ", loss.gaps());
    if (loss.most().isEmpty()) {
      return "unknown: " + (gaps.isEmpty() ? "no step restores from a copy of known age" : gaps);
    }
    return Bars.time(loss.most().get())
        + " of data"
        + switch (origin) {
          case Origin.Rehearsal rehearsal -> ", as rehearsed: the age of a copy is made up here";
          case Origin.Real real -> ", which was written after the copy that was restored";
        }
        + (gaps.isEmpty() ? "" : "; " + gaps)
        + rpo()
            .map(limit ->
                "; the objective of "
                    + Bars.time(limit)
                    + (metLoss().orElse(false) ? " is met" : " is missed"))
            .orElse("");
  }

  private void ending(Console console) {
    switch (account.ending()) {
      case RECOVERED, RETURNED -> console.line(console.styled(Style.GREEN, outcome()));
      case UNDER_WAY -> console.line(outcome() + ": " + account.why());
      case FAILED, UNVERIFIED -> {
        console.line(console.styled(Style.RED, outcome()));
        console.line(account.why());
      }
      case BLOCKED -> {
        console.line(console.styled(Style.YELLOW, "BLOCKED"));
        console.line(account.why());
        console.line();
        console.line(choice());
        next().ours().forEach(command -> console.line("  " + command));
        console.line("or the same with the temporal command line:");
        next().temporal().forEach(command -> console.line("  " + command));
      }
    }
  }

  String outcome() {
    return switch (account.ending()) {
      case RECOVERED -> "RECOVERED";
      case RETURNED -> "FAILED BACK";
      case UNVERIFIED -> "UNVERIFIED";
      case BLOCKED -> "BLOCKED";
      case UNDER_WAY -> "IN PROGRESS";
      case FAILED ->
          account.state().outcome() == null ? "FAILED" : account.state().outcome().name();
    };
  }

  ExitCode exitCode() {
    return switch (account.ending()) {
      case RECOVERED, RETURNED, UNDER_WAY -> ExitCode.DONE;
      case FAILED, UNVERIFIED -> ExitCode.FAILED;
      case BLOCKED -> ExitCode.WAITING;
    };
  }

  String choice() {
    return switch (origin) {
      case Origin.Rehearsal rehearsal -> "In a real run you could now run one of:";
      case Origin.Real real -> "You can now run one of:";
    };
  }

  /** What a person could run next. */
  NextCommands next() {
    return account.ending() == Ending.BLOCKED
        ? NextCommands.in(account.state())
        : NextCommands.NONE;
  }
}
