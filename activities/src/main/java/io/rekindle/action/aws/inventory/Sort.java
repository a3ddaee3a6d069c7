package io.rekindle.action.aws.inventory;

import io.rekindle.action.aws.Visit;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One sort of things.
 *
 * @param says what people call one of them
 * @param type how its ARN begins after the partition: the service, and the type of the resource
 * @param all every one that there is in a Region
 * @param inPlace whether drills alter it where it is, so that others alter it too: it tells of a
 *     drill only where that drill may have forgotten something
 * @param removing takes one away, unless that has begun; absent where no drill makes such a thing
 */
public record Sort(
    String says,
    String type,
    Function<Visit, Stream<Thing>> all,
    boolean inPlace,
    @Nullable BiConsumer<Visit, Thing> removing) {

  /** Things that no drill makes by itself. */
  public static Sort of(String says, String type, Function<Visit, Stream<Thing>> all) {
    return new Sort(says, type, all, false, null);
  }

  /** What drills alter where it is. */
  public static Sort inPlace(String says, String type, Function<Visit, Stream<Thing>> all) {
    return new Sort(says, type, all, true, null);
  }

  /** The same where drills make such things. */
  public Sort removedBy(BiConsumer<Visit, Thing> how) {
    return new Sort(says, type, all, inPlace, how);
  }

  public Optional<BiConsumer<Visit, Thing>> removal() {
    return Optional.ofNullable(removing);
  }
}
