package io.rekindle.plan.shape;

import io.rekindle.plan.shape.Node.ScalarType;
import java.lang.reflect.Constructor;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What may be written at one spot of a plan. Read off the records by {@link Shapes}. */
public sealed interface Shape {
  /** What is expected there: {@code a whole number from 1 to 10}. */
  String noun();

  /**
   * One plain value.
   *
   * @param choices the only words allowed; empty when any are
   * @param pattern the form for editors; empty for none
   * @param standIn a value that fits, for going on where the written one does not
   * @param read gives the value, or throws {@link IllegalArgumentException} with a sentence
   */
  record Leaf(
      LeafType type,
      String noun,
      List<String> choices,
      String pattern,
      Range range,
      String standIn,
      Function<String, Object> read)
      implements Shape {}

  enum LeafType {
    TEXT,
    WHOLE,
    DECIMAL,
    FLAG,
    /** Any plain value, taken as the text that stands there. */
    ANY;

    boolean takes(Node.Scalar scalar) {
      return switch (this) {
        case TEXT -> scalar.type() == ScalarType.TEXT || scalar.quoted();
        case WHOLE -> scalar.type() == ScalarType.WHOLE;
        // One whose digits would change as a number travels as a text.
        case DECIMAL -> scalar.type() != ScalarType.FLAG && scalar.type() != ScalarType.NOTHING;
        case FLAG -> scalar.type() == ScalarType.FLAG;
        case ANY -> true;
      };
    }
  }

  record Range(long min, long max) {
    static final Range ALL = new Range(Long.MIN_VALUE, Long.MAX_VALUE);

    boolean holds(Number number) {
      BigDecimal exact =
          number instanceof BigDecimal decimal ? decimal : BigDecimal.valueOf(number.longValue());
      return BigDecimal.valueOf(min).compareTo(exact) <= 0
          && exact.compareTo(BigDecimal.valueOf(max)) <= 0;
    }
  }

  record ListOf(Shape item, long atLeast, boolean orOne) implements Shape {
    @Override
    public String noun() {
      return "a list of " + item.noun() + " entries";
    }
  }

  record MapOf(Shape value) implements Shape {
    @Override
    public String noun() {
      return "names with " + value.noun() + " each";
    }
  }

  /** A group of fields, one for each component of a record. */
  record Group(
      Class<? extends Record> type, List<Slot> slots, Constructor<? extends Record> constructor)
      implements Shape {
    @Override
    public String noun() {
      return "a group of fields";
    }

    public Optional<Slot> slot(String name) {
      for (Slot slot : slots) {
        if (slot.inline() && slot.shape() instanceof Group group) {
          Optional<Slot> within = group.slot(name);
          if (within.isPresent()) {
            return within;
          }
        } else if (!slot.source() && slot.name().equals(name)) {
          return Optional.of(slot);
        }
      }
      return Optional.empty();
    }

    /** The slots that can be written, also those within inlined groups; others hold the source. */
    public List<Slot> fields() {
      return slots.stream().filter(slot -> !slot.source()).flatMap(Slot::written).toList();
    }

    /** The record of these values, one for each slot. */
    public Record of(@Nullable Object... values) {
      return type.cast(Shapes.construct(constructor, values));
    }

    public Optional<Slot> shorthand() {
      for (Slot slot : slots) {
        if (slot.shorthand()) {
          return Optional.of(slot);
        }
      }
      return Optional.empty();
    }
  }

  /** One of several groups, told apart by the name of their first field. */
  record Choice(List<Group> groups) implements Shape {
    @Override
    public String noun() {
      return "one of " + String.join(", ", keys());
    }

    public List<String> keys() {
      return groups.stream().map(group -> group.slots().getFirst().name()).toList();
    }
  }

  /** Anything; it is looked at later. */
  record Raw() implements Shape {
    @Override
    public String noun() {
      return "anything";
    }
  }

  /**
   * @param byDefault the value as it would be written; empty when there is none
   * @param nullable whether the record tells "not written" from empty
   * @param inline whether it is a group whose fields are written in its stead
   */
  record Slot(
      String name,
      String says,
      Shape shape,
      boolean required,
      Optional<String> byDefault,
      boolean nullable,
      boolean shorthand,
      boolean source,
      boolean inline) {
    private Stream<Slot> written() {
      return inline && shape instanceof Group group ? group.fields().stream() : Stream.of(this);
    }
  }
}
