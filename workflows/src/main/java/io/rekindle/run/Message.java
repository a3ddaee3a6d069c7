package io.rekindle.run;

import io.rekindle.plan.shape.Nearest;
import io.rekindle.run.Sent.Reading.Garbled;
import io.rekindle.run.Sent.Reading.Understood;
import io.temporal.common.converter.RawValue;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What somebody said to a run, as it came: written by hand with stock tools, perhaps in haste.
 *
 * @param said absent where nothing came with the verb
 */
record Message(String verb, @Nullable RawValue said) {
  private static final Map<String, Class<? extends Decision>> VERBS =
      Stream.of(
              Decision.Approve.class,
              Decision.Reject.class,
              Decision.Extend.class,
              Decision.Retry.class,
              Decision.Skip.class,
              Decision.Done.class,
              Decision.Pause.class,
              Decision.Resume.class,
              Decision.Abort.class,
              Decision.Close.class,
              Decision.Failback.class)
          .collect(Collectors.toUnmodifiableMap(Decision::verb, Function.identity()));

  /** Something that is no verb at all. */
  static Message unknown(String verb) {
    return new Message(verb, null);
  }

  /**
   * @throws IllegalArgumentException with a sentence, where it cannot be understood
   */
  Decision read() {
    Class<? extends Decision> type = VERBS.get(verb);
    if (type == null) {
      throw new IllegalArgumentException(
          "there is no verb '%s'%s"
              .formatted(
                  Limit.NAME.cut(verb),
                  Nearest.to(verb, VERBS.keySet().stream().sorted().toList())
                      .map(word -> "; did you mean '" + word + "'?")
                      .orElse("")));
    }
    return switch (new Sent(said).as(type)) {
      case Understood<? extends Decision> understood -> understood.value();
      case Garbled<? extends Decision> garbled ->
          throw new IllegalArgumentException("the message of '" + verb + "' " + garbled.why());
    };
  }
}
