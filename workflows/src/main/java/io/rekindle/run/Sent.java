package io.rekindle.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonMappingException.Reference;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import io.rekindle.plan.shape.Nearest;
import io.temporal.common.converter.DataConverter;
import io.temporal.common.converter.DataConverterException;
import io.temporal.common.converter.DefaultDataConverter;
import io.temporal.common.converter.JacksonJsonPayloadConverter;
import io.temporal.common.converter.RawValue;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What somebody sent to a run, as it came: written by hand with stock tools, perhaps in haste. A
 * field that nobody knows is a field that was written wrong.
 *
 * @param value absent where nothing was sent
 */
record Sent(@Nullable RawValue value) {
  private static final DataConverter STRICT =
      DefaultDataConverter.newDefaultInstance()
          .withPayloadConverterOverrides(
              new JacksonJsonPayloadConverter(
                  JacksonJsonPayloadConverter.newDefaultObjectMapper()
                      .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)));

  /** What came of reading it. */
  sealed interface Reading<T> {
    record Understood<T>(T value) implements Reading<T> {}

    /**
     * @param why as the end of a sentence
     */
    record Garbled<T>(String why) implements Reading<T> {}
  }

  <T> Reading<T> as(Class<T> type) {
    try {
      T read = value == null ? null : STRICT.fromPayload(value.getPayload(), type, type);
      return read == null ? new Reading.Garbled<>("is empty") : new Reading.Understood<>(read);
    } catch (DataConverterException unreadable) {
      return new Reading.Garbled<>("cannot be read: " + why(unreadable));
    }
  }

  private static String why(Throwable unreadable) {
    return switch (unreadable.getCause()) {
      case UnrecognizedPropertyException unknown ->
          "there is no field '%s'%s".formatted(place(unknown), meant(unknown));
      case InvalidFormatException misfit when misfit.getTargetType().isEnum() ->
          "'%s' is one of %s".formatted(place(misfit), constants(misfit.getTargetType()));
      case JsonMappingException misfit when !misfit.getPath().isEmpty() ->
          "'%s' has a value of another form than is expected".formatted(place(misfit));
      case JsonMappingException misfit -> "expected fields, as in {\"by\": \"anna\"}";
      case JsonProcessingException garbled -> "it is no JSON";
      case null, default -> "it is no JSON";
    };
  }

  private static String meant(UnrecognizedPropertyException unknown) {
    return Nearest.to(
            unknown.getPropertyName(),
            unknown.getKnownPropertyIds().stream().map(String::valueOf).sorted().toList())
        .map(word -> "; did you mean '" + word + "'?")
        .orElse("");
  }

  private static String constants(Class<?> type) {
    return Arrays.stream(type.getEnumConstants())
        .map(Objects::toString)
        .collect(Collectors.joining(", "));
  }

  private static String place(JsonMappingException misfit) {
    return Limit.NAME.cut(
        misfit.getPath().stream().map(Sent::word).collect(Collectors.joining(".")));
  }

  private static String word(Reference reference) {
    return reference.getFieldName() == null
        ? String.valueOf(reference.getIndex() + 1)
        : reference.getFieldName();
  }
}
