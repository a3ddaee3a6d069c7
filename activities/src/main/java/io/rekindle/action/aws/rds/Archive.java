package io.rekindle.action.aws.rds;

import io.rekindle.action.aws.FittedName;
import io.rekindle.action.aws.Ownership;
import io.rekindle.action.aws.Work;
import io.rekindle.plan.value.Arn;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Snapshots of one sort, those of instances or those of clusters, in the Region of a step. */
public interface Archive {
  Duration LOOK = Duration.ofSeconds(30);

  String ARN = "arn:";

  /** The longest name that a snapshot may have. */
  int LONGEST = 255;

  static String nameOf(Work<?> work, String target) {
    return FittedName.of(work.call().names(), target, LONGEST);
  }

  /** As people call one of them. */
  String noun();

  /**
   * @param shared whether another account may have made it
   */
  Optional<Saved> ask(String id, boolean shared);

  Stream<Saved> all();

  Stream<Saved> of(String database, String type);

  void delete(String name);

  /** By its ARN also what another account shares. */
  default Optional<Saved> find(String id) {
    Optional<Saved> found = ask(id, id.startsWith(ARN));
    return found.isPresent() || !id.startsWith(ARN)
        ? found
        : ask(new Arn(id).resource().replaceFirst("^[a-z-]*snapshot:", ""), false)
            .filter(each -> id.equals(each.arn()));
  }

  /** What earlier runs of the step left, the newest first. */
  default List<Saved> left(Ownership ownership) {
    return all()
        .filter(each -> ownership.isAdopted(each.tags()))
        .sorted(Comparator.comparing((Saved each) -> each.point().time()).reversed())
        .toList();
  }

  /**
   * Of one database, what people or AWS Backup took or copied here. The automated ones belong to a
   * database of the same name in this Region, not to the one that is to be recovered.
   */
  default Stream<Saved> of(String database) {
    return Stream.of("manual", "awsbackup").flatMap(type -> of(database, type));
  }
}
