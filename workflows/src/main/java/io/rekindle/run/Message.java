package io.rekindle.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonMappingException.Reference;
import io.rekindle.plan.shape.Nearest;
import io.temporal.common.converter.DataConverterException;
import io.temporal.common.converter.DefaultDataConverter;
import io.temporal.common.converter.RawValue;
import java.util.Map;
import java.util.Optional;
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
    return Optional.ofNullable(said)
        .flatMap(value -> read(value, type))
        .orElseThrow(() -> new IllegalArgumentException("the message of '" + verb + "' is empty"));
  }

  private Optional<Decision> read(RawValue value, Class<? extends Decision> type) {
    try {
      return Optional.ofNullable(
          DefaultDataConverter.STANDARD_INSTANCE.fromPayload(value.getPayload(), type, type));
    } catch (DataConverterException unreadable) {
      throw unreadable(why(unreadable));
    }
  }

  private IllegalArgumentException unreadable(String why) {
    return new IllegalArgumentException(
        "the message of '%s' cannot be read: %s".formatted(verb, why));
  }

  private static String why(Throwable unreadable) {
    return switch (unreadable.getCause()) {
      case JsonMappingException misfit when !misfit.getPath().isEmpty() ->
          "'%s' has a value of another form than is expected".formatted(place(misfit));
      case JsonMappingException misfit -> "expected fields, as in {\"by\": \"anna\"}";
      case JsonProcessingException garbled -> "it is no JSON";
      case null, default -> "it is no JSON";
    };
  }

  private static String place(JsonMappingException misfit) {
    return Limit.NAME.cut(
        misfit.getPath().stream().map(Message::word).collect(Collectors.joining(".")));
  }

  private static String word(Reference reference) {
    return reference.getFieldName() == null
        ? String.valueOf(reference.getIndex() + 1)
        : reference.getFieldName();
  }
}
