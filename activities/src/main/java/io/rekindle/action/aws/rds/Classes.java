package io.rekindle.action.aws.rds;

import io.rekindle.action.aws.AwsFailures;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/** The instance classes of a step, in the order in which they are tried. */
public record Classes(List<String> all) {

  /** Of a class that the step no longer names, before the first. */
  public int place(@Nullable String instanceClass) {
    return all.indexOf(String.valueOf(instanceClass));
  }

  /** What is tried when AWS has no machines of a class. */
  public Optional<String> after(String instanceClass) {
    return at(place(instanceClass) + 1);
  }

  public Optional<String> at(int place) {
    return place < all.size() ? Optional.of(all.get(place)) : Optional.empty();
  }

  /**
   * Makes something of the first class that AWS has machines of. What AWS refused for lack of them
   * was not begun, so the next class is no second change.
   *
   * @param first the class to begin with; null for the first of all
   */
  public void tryFrom(@Nullable String first, Consumer<String> making) {
    Iterator<String> left = all.subList(Math.max(place(first), 0), all.size()).iterator();
    while (left.hasNext()) {
      try {
        making.accept(left.next());
        return;
      } catch (AwsServiceException refused) {
        if (!AwsFailures.isLackOfCapacity(refused) || !left.hasNext()) {
          throw refused;
        }
      }
    }
  }
}
