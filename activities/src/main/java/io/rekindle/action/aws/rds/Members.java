package io.rekindle.action.aws.rds;

import io.rekindle.action.Observation;
import io.rekindle.action.Observation.Broken;
import io.rekindle.action.Observation.Due;
import io.rekindle.action.Observation.Foreign;
import io.rekindle.action.aws.InstanceStatus;
import io.rekindle.action.aws.Ownership;
import io.rekindle.action.aws.Work;
import io.rekindle.plan.step.Action;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.rds.model.DBCluster;
import software.amazon.awssdk.services.rds.model.DBClusterMember;
import software.amazon.awssdk.services.rds.model.DBInstance;
import software.amazon.awssdk.services.rds.model.DbInstanceAlreadyExistsException;

/** The instances of a restored cluster: they are called as it is, and numbered. */
public record Members(Work<?> work, DBCluster cluster, Wanted wanted) {

  /**
   * What is wanted of them.
   *
   * @param change that adds them
   * @param classes in the order in which they are tried
   */
  public record Wanted(
      Action.Change change, int number, List<String> classes, String parameterGroup) {}

  /**
   * @param instanceClass the class to begin with, when those before it had no machines
   */
  record Adding(@Nullable String instanceClass) {}

  private List<String> names() {
    return IntStream.rangeClosed(1, wanted.number())
        .mapToObj(number -> cluster.dbClusterIdentifier() + "-" + number)
        .toList();
  }

  private Classes classes() {
    return new Classes(wanted.classes());
  }

  private Instances instances() {
    return Instances.of(work);
  }

  private Stream<DBInstance> present() {
    return names().stream().flatMap(name -> instances().find(name).stream());
  }

  /** What keeps them from serving, or has to be done for that; empty when they do. */
  public Optional<Observation> due() {
    List<DBInstance> present = present().toList();
    Optional<Observation> obstacle =
        present.stream().flatMap(each -> obstacle(each).stream()).findFirst();
    if (obstacle.isPresent()) {
      return obstacle;
    }
    if (present.size() < names().size()) {
      return Optional.of(Due.of(wanted.change(), new Adding(null)));
    }
    present.forEach(this::awaitUsable);
    return present.stream()
        .flatMap(each -> new ParameterGroups(work, each).due().stream())
        .findFirst();
  }

  private Optional<Observation> obstacle(DBInstance member) {
    String id = member.dbInstanceIdentifier();
    Map<String, String> tags = Instances.tags(member);
    InstanceStatus status = Instances.statusOf(member);
    if (!isOurs(member)) {
      return Optional.of(new Foreign("the DB instance " + id + ": " + Ownership.ownerOf(tags)));
    }
    Optional<String> next = next(member);
    if (next.isPresent()) {
      return Optional.of(Due.of(wanted.change(), new Adding(next.get())));
    }
    return status.isBad()
        ? Optional.of(
            new Broken(
                "the DB instance %s in %s %s. Fix it and retry, or start over (retry --anew)"
                    .formatted(id, work.call().region(), status.says())))
        : Optional.empty();
  }

  /** The class to try in place of one of which AWS found no machines. */
  private Optional<String> next(DBInstance member) {
    return Instances.statusOf(member).is(InstanceStatus.LACKS_CAPACITY)
        ? classes().after(member.dbInstanceClass())
        : Optional.empty();
  }

  private boolean isOurs(DBInstance member) {
    return work.ownership().owns(Instances.tags(member));
  }

  private void awaitUsable(DBInstance member) {
    InstanceStatus status = Instances.statusOf(member);
    if (!status.isUsable()) {
      throw work.underWay(
          "the DB instance " + member.dbInstanceIdentifier() + " " + status.says(), Instances.LOOK);
    }
  }

  public void awaitWriter() {
    var unused = writer();
  }

  public DBInstance writer() {
    return cluster.dbClusterMembers().stream()
        .filter(member -> Boolean.TRUE.equals(member.isClusterWriter()))
        .map(DBClusterMember::dbInstanceIdentifier)
        .flatMap(name -> instances().find(name).stream())
        .findFirst()
        .orElseThrow(() ->
            work.underWay(
                "the DB cluster " + cluster.dbClusterIdentifier() + " has no writer yet",
                Instances.LOOK));
  }

  public void apply(Due due) {
    if (due.is(wanted.change())) {
      add(due.before(Adding.class));
    }
    present().forEach(each -> new ParameterGroups(work, each).apply(due));
  }

  /** The first that is added becomes the writer. */
  private void add(Adding adding) {
    Optional<DBInstance> failed =
        present().filter(each -> isOurs(each) && isInTheWay(each, adding)).findFirst();
    if (failed.isPresent()) {
      makeRoom(failed.get());
    }
    names().stream()
        .filter(name -> instances().find(name).isEmpty())
        .forEach(name -> classes().tryFrom(adding.instanceClass(), each -> create(name, each)));
  }

  private boolean isInTheWay(DBInstance member, Adding adding) {
    InstanceStatus status = Instances.statusOf(member);
    return classes().place(member.dbInstanceClass()) < classes().place(adding.instanceClass())
        && (status.is(InstanceStatus.LACKS_CAPACITY) || status.is(InstanceStatus.DELETING));
  }

  private void makeRoom(DBInstance failed) {
    String id = failed.dbInstanceIdentifier();
    if (!Instances.statusOf(failed).is(InstanceStatus.DELETING)) {
      instances().discard(id);
    }
    throw work.underWay(
        "the DB instance %s is being deleted: AWS has no capacity for %s"
            .formatted(id, failed.dbInstanceClass()),
        Instances.LOOK);
  }

  private void create(String name, String instanceClass) {
    try {
      instances()
          .rds()
          .createDBInstance(request ->
              request
                  .dbInstanceIdentifier(name)
                  .dbClusterIdentifier(cluster.dbClusterIdentifier())
                  .engine(cluster.engine())
                  .dbInstanceClass(instanceClass)
                  .dbParameterGroupName(wanted.parameterGroup())
                  .publiclyAccessible(false)
                  .tags(Instances.tags(work.ownership().tags())));
    } catch (DbInstanceAlreadyExistsException whoeverMadeItIsFoundByTheNextLook) {
      return;
    }
  }

  /** Takes one away, if any is left; tells whether none is there any more. */
  public boolean areRemoved() {
    Optional<DBInstance> one =
        cluster.dbClusterMembers().stream()
            .flatMap(member -> instances().find(member.dbInstanceIdentifier()).stream())
            .filter(each -> !Instances.statusOf(each).is(InstanceStatus.DELETING))
            .findFirst();
    one.ifPresent(this::discard);
    return one.isEmpty() && present().findFirst().isEmpty();
  }

  private void discard(DBInstance member) {
    String id = member.dbInstanceIdentifier();
    if (!isOurs(member)) {
      throw work.refused(
          "the DB instance %s in %s is not deleted: %s"
              .formatted(id, work.call().region(), Ownership.ownerOf(Instances.tags(member))));
    }
    instances().discard(id);
  }
}
