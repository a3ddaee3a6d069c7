package io.rekindle.action.aws.rds;

import io.rekindle.action.ActionCall;
import io.rekindle.action.Readiness.RecoveryPoint;
import io.rekindle.action.aws.Work;
import io.rekindle.plan.shape.Durations;
import io.rekindle.plan.step.data.Databases.SnapshotChoice;
import io.rekindle.plan.value.Arn;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The snapshot that a step would restore now, or why there is none. */
public sealed interface ChosenSnapshot {
  record Found(RecoveryPoint point) implements ChosenSnapshot {}

  record None(String why) implements ChosenSnapshot {}

  /** What was agreed on goes before what the plan says. */
  static ChosenSnapshot of(Work<?> work, Archive archive, SnapshotChoice choice) {
    String agreed = work.call().point().id();
    if (agreed != null) {
      return exactly(work, archive, agreed);
    }
    return switch (choice) {
      case SnapshotChoice.Exact exact -> exactly(work, archive, exact.arn().value());
      case SnapshotChoice.Latest latest -> latest(work, archive, latest);
    };
  }

  private static ChosenSnapshot exactly(Work<?> work, Archive archive, String id) {
    String here = work.call().region();
    if (id.startsWith("arn:") && !new Arn(id).region().equals(here)) {
      return new None(
          "the snapshot %s is not in %s: copy it there, then retry".formatted(id, here));
    }
    Optional<Saved> found = archive.find(id);
    if (found.isEmpty()) {
      return new None(
          "the snapshot %s does not exist in %s, or is not shared with this account: choose another (retry --set snapshot=…)"
              .formatted(id, here));
    }
    SnapshotStatus status = found.get().status();
    return status.isUsable()
        ? new Found(found.get().point())
        : new None("the snapshot %s in %s %s".formatted(id, here, status.says()));
  }

  private static ChosenSnapshot latest(
      Work<?> work, Archive archive, SnapshotChoice.Latest choice) {
    ActionCall call = work.call();
    Instant before = call.point().before();
    String of = "snapshot of '" + choice.latestCopyOf() + "' in " + call.region();
    List<Saved> usable =
        archive
            .of(choice.latestCopyOf())
            .filter(each -> each.status().isUsable())
            .filter(each -> each.time() != null)
            .filter(each -> before == null || !each.point().time().isAfter(before))
            .toList();
    Optional<Saved> newest = usable.stream().max(Comparator.comparing(each -> each.point().time()));
    if (newest.isEmpty()) {
      return new None(
          "no usable "
              + of
              + (before == null ? "" : " that holds nothing later than " + before)
              + "; copy one, or choose one (retry --set snapshot=…)");
    }
    RecoveryPoint point = newest.get().point();
    Duration age = Duration.between(point.time(), call.now());
    return choice.maxAge() != null && age.compareTo(choice.maxAge()) > 0
        ? new None(
            "the newest %s, %s, is of %s, older than %s; to use it: retry --set snapshot=…"
                .formatted(of, point.id(), point.time(), Durations.format(choice.maxAge())))
        : new Found(point);
  }
}
