package io.rekindle.starter.command;

import io.rekindle.plan.step.Control.Task.Proof;
import io.rekindle.run.Decision;
import io.rekindle.run.Gate;
import io.rekindle.run.RunState;
import io.rekindle.run.RunState.Phase;
import io.rekindle.run.RunState.Task;
import io.rekindle.run.StepState.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What a person can say to a run as it is: whole commands, ready to be pasted.
 *
 * @param ours for {@code rekindle}
 * @param temporal the same for the stock {@code temporal} command line
 */
record NextCommands(List<String> ours, List<String> temporal) {
  private static final String BLANK = "…";

  static final NextCommands NONE = new NextCommands(List.of(), List.of());

  /** One thing to say, and how it is written behind the verb and the application. */
  private record Offer(Decision decision, String options) {
    String ours(String application) {
      return "rekindle " + decision.verb() + " " + application + options;
    }

    String temporal(String application) {
      return TemporalCommand.signal(application, decision).line();
    }
  }

  static NextCommands in(RunState state) {
    List<Offer> offers = new ArrayList<>();
    state.gates().stream().filter(Gate::open).forEach(gate -> offer(gate, offers));
    state.tasks().forEach(task -> offer(task, offers));
    state.steps().stream()
        .filter(step -> step.status() == Status.BLOCKED)
        .forEach(step -> offer(step.id(), offers));
    state.openFences().stream()
        .filter(fence -> fence.waits() != null)
        .forEach(fence -> offer(fence.fence(), offers));
    offer(state, offers);
    String application = state.application();
    return new NextCommands(
        offers.stream().map(offer -> offer.ours(application)).toList(),
        offers.stream().map(offer -> offer.temporal(application)).toList());
  }

  private static void offer(Gate gate, List<Offer> offers) {
    String which = " --gate " + gate.id();
    String why = " --comment '…'";
    offers.add(
        new Offer(
            new Decision.Approve(gate.id(), gate.shown(), false, List.of(), BLANK, BLANK, null),
            which + " --shown " + gate.shown() + why));
    offers.add(new Offer(new Decision.Reject(gate.id(), BLANK, BLANK, null), which + why));
  }

  private static void offer(Task task, List<Offer> offers) {
    boolean proven = task.proof() != Proof.NONE;
    offers.add(
        new Offer(
            new Decision.Done(task.id(), Map.of(), proven ? BLANK : null, BLANK, BLANK, null),
            " " + task.id() + (proven ? " --proof '…'" : "") + " --reason '…'"));
    offers.add(skip(task.id()));
  }

  private static Offer skip(String step) {
    return new Offer(
        new Decision.Skip(step, Map.of(), BLANK, BLANK, null), " " + step + " --reason '…'");
  }

  private static void offer(String id, List<Offer> offers) {
    offers.add(
        new Offer(new Decision.Retry(id, Map.of(), false, false, null, BLANK, null), " " + id));
    offers.add(
        new Offer(
            new Decision.Done(id, Map.of(), null, BLANK, BLANK, null), " " + id + " --reason '…'"));
    offers.add(skip(id));
  }

  private static void offer(RunState state, List<Offer> offers) {
    if (state.paused()) {
      offers.add(new Offer(new Decision.Resume(null, BLANK, null), ""));
    }
    if (state.phase() == Phase.SERVING) {
      offers.add(new Offer(new Decision.Failback(null, BLANK, BLANK, null), " --reason '…'"));
      offers.add(new Offer(new Decision.Close(null, BLANK, null), ""));
    } else {
      offers.add(new Offer(new Decision.Abort(false, BLANK, BLANK, null), " --reason '…'"));
    }
  }
}
