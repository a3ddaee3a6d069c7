package io.rekindle.action.aws.rds;

import io.rekindle.action.Observation;
import io.rekindle.action.Observation.Broken;
import io.rekindle.action.Observation.Due;
import io.rekindle.action.Observation.Settled;
import io.rekindle.action.Readiness;
import io.rekindle.action.aws.Work;
import io.rekindle.plan.step.Action;
import io.rekindle.plan.step.data.Databases.FormerGroups;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.rds.model.DBInstance;
import software.amazon.awssdk.services.rds.model.VpcSecurityGroupMembership;

/**
 * Who is connected stays connected when security groups change, for days: so every instance is
 * restarted after that, and there is a fence only once nobody is connected.
 *
 * @param closing changes the groups
 * @param disconnecting restarts the instances
 * @param securityGroups those that admit nobody but the verifier
 * @see <a
 *     href="https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/security-group-connection-tracking.html">
 *     Security group connection tracking</a>
 */
public record Isolation(
    Work<?> work,
    Action.Change closing,
    Action.Change disconnecting,
    Collection<String> securityGroups,
    Database database) {
  /** What undo puts back. */
  private record Former(List<String> securityGroups) {}

  /** What is isolated. */
  public interface Database {
    /** As people call one. */
    String noun();

    String name();

    /** Empty when it does not exist. */
    Optional<Found> find();

    void set(Collection<String> groups);
  }

  /**
   * @param isStopped whether nobody can be connected anyway
   * @param instances that serve it
   */
  public record Found(
      List<VpcSecurityGroupMembership> groups, boolean isStopped, List<DBInstance> instances) {

    /** A group that is being taken away still lets its members in. */
    private Set<String> present() {
      return groups.stream()
          .filter(group -> !"removing".equals(group.status()))
          .map(VpcSecurityGroupMembership::vpcSecurityGroupId)
          .collect(Collectors.toCollection(TreeSet::new));
    }

    private boolean isActive() {
      return groups.stream().allMatch(group -> "active".equals(group.status()));
    }
  }

  public Observation observe(Function<FormerGroups, Action.Outputs> outputs) {
    Optional<Found> found = database.find();
    if (found.isEmpty()) {
      return new Broken(
          "the %s %s does not exist in %s"
              .formatted(database.noun(), database.name(), work.call().region()));
    }
    Set<String> present = found.get().present();
    if (!present.equals(wanted())) {
      return Due.of(closing, new Former(List.copyOf(present)));
    }
    awaitActive(found.get());
    Optional<Observation> open =
        found.get().isStopped() ? Optional.empty() : disconnection().due(found.get().instances());
    return open.orElseGet(() -> isolated(present, outputs));
  }

  private Observation isolated(
      Set<String> present, Function<FormerGroups, Action.Outputs> outputs) {
    Former former =
        work.before(closing, Former.class).orElseGet(() -> new Former(List.copyOf(present)));
    return Settled.of(outputs.apply(new FormerGroups(former.securityGroups())));
  }

  private Disconnection disconnection() {
    return new Disconnection(work, disconnecting);
  }

  private Set<String> wanted() {
    return new TreeSet<>(securityGroups);
  }

  private void awaitActive(Found found) {
    if (!found.isActive()) {
      throw work.underWay(
          "the security groups of " + database.name() + " are being changed", Instances.LOOK);
    }
  }

  public void apply(Due due) {
    Optional<Found> found = database.find();
    if (found.isEmpty()) {
      return;
    }
    boolean closed = found.get().present().equals(wanted());
    if (due.is(closing) && !closed) {
      database.set(wanted());
    }
    if (due.is(disconnecting) && closed) {
      disconnection().make(found.get().instances());
    }
  }

  public void undo() {
    Optional<Found> found = database.find();
    Optional<Former> made = work.before(closing, Former.class);
    if (made.isEmpty() || found.isEmpty()) {
      return;
    }
    Set<String> present = found.get().present();
    Set<String> former = new TreeSet<>(made.get().securityGroups());
    if (present.equals(former)) {
      awaitActive(found.get());
      return;
    }
    if (!present.equals(wanted())) {
      throw work.refused(
          "somebody else has changed the security groups of %s in %s since; restore %s by hand"
              .formatted(database.name(), work.call().region(), String.join(", ", former)));
    }
    database.set(former);
    throw work.underWay(
        "restoring the former security groups of " + database.name(), Instances.LOOK);
  }

  public Readiness check() {
    boolean there = database.find().isPresent();
    return new Readiness(
        there,
        "the %s %s in %s %s"
            .formatted(
                database.noun(),
                database.name(),
                work.call().region(),
                there ? "can be isolated" : "does not exist"),
        null);
  }
}
