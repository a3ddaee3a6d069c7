package io.rekindle.starter.command;

import io.rekindle.plan.Plan;
import io.rekindle.plan.Step;
import io.rekindle.plan.Trees;
import io.rekindle.starter.run.Approvers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What to type to see an application recover on a stack of this machine. */
record Trial(Plan plan, Path file, String address) {
  private static final String KILL = "kill -9 %d    # while the database is being restored";

  List<String> commands(long worker) {
    List<String> all = new ArrayList<>();
    all.add("rekindle failover %s%s --reason \"trying it\" --yes".formatted(file, address));
    plan.failover().stream().flatMap(this::answers).forEach(all::add);
    all.add(KILL.formatted(worker));
    all.add("rekindle watch %s%s".formatted(plan.application().value(), address));
    return List.copyOf(all);
  }

  private Stream<String> answers(Step step) {
    if (step.kind().isApproval()) {
      return approvers(step).map(this::approval);
    }
    return step.kind().isTask() ? Stream.of(done(step)) : Stream.empty();
  }

  private static Stream<String> approvers(Step gate) {
    int quorum = Trees.json(gate.with()).path("quorum").asInt(1);
    return Approvers.named(gate).stream().limit(quorum);
  }

  private String approval(String who) {
    return "rekindle approve %s%s --by %s --comment \"go\""
        .formatted(plan.application().value(), address, who);
  }

  private String done(Step task) {
    boolean proven = Trees.json(task.with()).has("proof");
    return "rekindle done %s %s%s --by %s%s --reason \"it is\""
        .formatted(
            plan.application().value(),
            task.id(),
            address,
            "incident-commander",
            proven ? " --proof \"I saw it\"" : "");
  }
}
