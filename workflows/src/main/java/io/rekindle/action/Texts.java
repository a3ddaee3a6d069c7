package io.rekindle.action;

import io.rekindle.plan.shape.Durations;
import io.rekindle.plan.shape.Shape;
import io.rekindle.plan.shape.Shapes;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A record as history holds it: a text for each component, by its name. What a group holds stands
 * among the others, a list is joined by commas, and what is absent is left out.
 */
final class Texts {
  private Texts() {}

  static Map<String, String> of(Object record) {
    Map<String, String> texts = new LinkedHashMap<>();
    put(record, texts);
    return Collections.unmodifiableMap(texts);
  }

  private static void put(Object record, Map<String, String> texts) {
    for (RecordComponent component : record.getClass().getRecordComponents()) {
      Object value = value(component, record);
      if (value != null && Shapes.isGroup(value.getClass())) {
        put(value, texts);
      } else if (value != null) {
        texts.put(component.getName(), text(value));
      }
    }
  }

  private static @Nullable Object value(RecordComponent component, Object record) {
    try {
      component.getAccessor().setAccessible(true);
      return component.getAccessor().invoke(record);
    } catch (ReflectiveOperationException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static String text(Object value) {
    return switch (value) {
      case Enum<?> constant -> Shapes.word(constant);
      case Duration duration -> Durations.format(duration);
      case Collection<?> many -> many.stream().map(Texts::text).collect(Collectors.joining(","));
      default -> value.toString();
    };
  }

  static <R extends Record> R read(Map<String, String> texts, Class<R> type) {
    return type.cast(read(texts, Shapes.of(type)));
  }

  private static Record read(Map<String, String> texts, Shape.Group group) {
    return group.of(group.slots().stream().map(slot -> value(texts, slot)).toArray());
  }

  private static @Nullable Object value(Map<String, String> texts, Shape.Slot slot) {
    boolean absent = slot.nullable() && names(slot).noneMatch(texts::containsKey);
    return absent ? null : value(texts, slot.name(), slot.shape());
  }

  private static Stream<String> names(Shape.Slot slot) {
    return slot.shape() instanceof Shape.Group group
        ? group.slots().stream().flatMap(Texts::names)
        : Stream.of(slot.name());
  }

  private static Object value(Map<String, String> texts, String name, Shape shape) {
    return switch (shape) {
      case Shape.Group group -> read(texts, group);
      case Shape.Leaf leaf -> leaf.read().apply(texts.getOrDefault(name, nothing(leaf)));
      case Shape.ListOf list when list.item() instanceof Shape.Leaf item ->
          Arrays.stream(texts.getOrDefault(name, "").split(","))
              .filter(text -> !text.isEmpty())
              .map(item.read())
              .toList();
      case Shape.ListOf list -> throw unreadable(name);
      case Shape.MapOf map -> throw unreadable(name);
      case Shape.Choice choice -> throw unreadable(name);
      case Shape.Raw raw -> throw unreadable(name);
    };
  }

  private static String nothing(Shape.Leaf leaf) {
    return switch (leaf.type()) {
      case WHOLE, DECIMAL -> "0";
      case FLAG -> "false";
      case TEXT, ANY -> "";
    };
  }

  private static IllegalStateException unreadable(String name) {
    return new IllegalStateException("No text can hold '" + name + "'.");
  }
}
