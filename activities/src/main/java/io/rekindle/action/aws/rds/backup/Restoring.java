package io.rekindle.action.aws.rds.backup;

import io.rekindle.action.Observation;
import io.rekindle.action.Observation.Broken;
import io.rekindle.action.Observation.Due;
import io.rekindle.action.aws.Work;
import io.rekindle.action.aws.rds.Classes;
import io.rekindle.action.aws.rds.Instances;
import io.rekindle.action.aws.rds.backup.RestoreJobs.Job;
import io.rekindle.plan.step.data.Backup;
import io.rekindle.plan.step.data.Backup.Restore.Change;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Has the database made by a restore job, of the first class for which AWS has machines: that there
 * are none ends a job, and may leave an instance behind that will never run.
 */
record Restoring(Work<Backup.Restore> work, Target target) {

  private RestoreJobs jobs() {
    return new RestoreJobs(work, target);
  }

  private Classes classes() {
    return new Classes(work.with().classes());
  }

  /** The class to begin with: when it is done anew, the one that was not refused. */
  @Nullable String first() {
    return target
        .earlier()
        .flatMap(each -> new RestoreJobs(work, each).all().stream())
        .findFirst()
        .map(job -> classes().place(job.instanceClass()) + (job.lacksMachines() ? 1 : 0))
        .filter(place -> place > 0)
        .flatMap(classes()::at)
        .orElse(null);
  }

  /** Whether a job of ours made it, whatever its tags say: RDS gives it those of its source. */
  boolean made(Database found) {
    return found.name().equals(target.name()) && jobs().makerOf(found.arn()).isPresent();
  }

  /** What to do as long as nothing is there; empty when a job has to be started. */
  Optional<Observation> progress() {
    Optional<Job> newest = jobs().all().stream().findFirst();
    if (newest.isEmpty() && work.hasJustMade(Change.RESTORE)) {
      throw work.underWay("AWS accepted the restore and does not show it yet", RestoreJobs.LOOK);
    }
    return newest.flatMap(this::progress);
  }

  private Optional<Observation> progress(Job job) {
    awaitEnd(job);
    if (!job.hasFailed()) {
      return Optional.empty();
    }
    Optional<Due> another = job.lacksMachines() ? next(job) : Optional.empty();
    return Optional.of(another.<Observation>map(due -> due).orElseGet(() -> failed(job)));
  }

  /** What its job still does to it, or has to be done in its place. */
  Optional<Observation> progress(Database found) {
    Optional<Job> maker = jobs().makerOf(found.arn());
    return found.state().lacksMachines()
        ? maker.flatMap(this::next).map(due -> due)
        : maker.flatMap(this::progress);
  }

  /** There is no way to cancel them. */
  void awaitEnd() {
    jobs().all().forEach(this::awaitEnd);
  }

  private void awaitEnd(Job job) {
    if (job.isGoingOn()) {
      throw work.underWay(job.says(), RestoreJobs.LOOK);
    }
  }

  private Optional<Due> next(Job job) {
    return classes()
        .after(job.instanceClass())
        .flatMap(next -> agreed().map(agreed -> Due.of(Change.RESTORE, agreed.with(next))));
  }

  private Optional<Agreed> agreed() {
    return work.before(Change.RESTORE, Agreed.class);
  }

  private Broken failed(Job job) {
    return new Broken(
        "the restore job %s in %s ended as %s: AWS Backup says \"%s\". Mend that, then start over (retry --anew)"
            .formatted(job.id(), work.call().region(), job.status(), job.message()));
  }

  /**
   * What keeps it from carrying the tags of this step; empty when it does. Those of an earlier run
   * of the step, which are as good when something is taken over, came along from its source.
   */
  Optional<Tagging> tagging(Database found) {
    boolean isTagged = work.ownership().isOfStep(found.tags()) && found.isTaggedAsOurs();
    return isTagged || !found.name().equals(target.name())
        ? Optional.empty()
        : jobs().makerOf(found.arn()).map(job -> new Tagging(found, job.point()));
  }

  void apply(Agreed agreed, Optional<Database> found) {
    if (found.isPresent()) {
      makeRoom(agreed, found.get());
      return;
    }
    List<Job> all = jobs().all();
    if (isDue(agreed, all)) {
      start(agreed, all.size());
    }
  }

  /** Not while a job goes on, and not again what has failed. */
  private boolean isDue(Agreed agreed, List<Job> all) {
    if (all.stream().anyMatch(Job::isGoingOn)) {
      return false;
    }
    Optional<Job> failed = all.stream().findFirst().filter(Job::hasFailed);
    return failed
        .map(job -> classes().place(job.instanceClass()) < classes().place(agreed.instanceClass()))
        .orElse(true);
  }

  /** The name is free for the next class only when the failed instance has gone. */
  private void makeRoom(Agreed agreed, Database found) {
    boolean isOurs = found.isTaggedAsOurs() || made(found);
    if (!isOurs || !(found instanceof Database.OfRds rds)) {
      return;
    }
    String former = rds.instance().dbInstanceClass();
    boolean isInTheWay = classes().place(former) < classes().place(agreed.instanceClass());
    if (isInTheWay && (found.state().lacksMachines() || found.state().isGoing())) {
      found.remove();
      throw work.underWay(
          "the DB instance %s is being deleted: AWS has no capacity for %s; %s is next"
              .formatted(found.name(), former, agreed.instanceClass()),
          Instances.LOOK);
    }
  }

  /**
   * @param former how many jobs for the same name are over
   */
  private void start(Agreed agreed, int former) {
    Map<String, String> metadata = metadata(agreed);
    String token = token(agreed, metadata, former);
    work.keepReceipt(jobs().start(agreed.recoveryPoint(), metadata, token));
  }

  private Map<String, String> metadata(Agreed agreed) {
    RestoreMetadata told =
        new RestoreMetadata(
            work.with(), target.name(), new RecoveryPoints(work).metadata(agreed.recoveryPoint()));
    return target.isCluster()
        ? told.ofCluster()
        : told.ofInstance(
            agreed.instanceClass() == null
                ? work.with().classes().getFirst()
                : agreed.instanceClass());
  }

  /**
   * The same for the same start; another where something else is asked for, or where what was made
   * is gone: AWS Backup answers a token that it knows with the former job, and does nothing.
   */
  private String token(Agreed agreed, Map<String, String> metadata, int former) {
    String start =
        String.join(
            "\n",
            work.call().key().of(Change.RESTORE.word()),
            agreed.recoveryPoint(),
            metadata.toString(),
            String.valueOf(former));
    return UUID.nameUUIDFromBytes(start.getBytes(StandardCharsets.UTF_8)).toString();
  }
}
