package io.rekindle.plan.shape;

import io.rekindle.plan.shape.Component.AtLeast;
import io.rekindle.plan.shape.Component.AtMost;
import io.rekindle.plan.shape.Component.Default;
import io.rekindle.plan.shape.Component.OneOrMany;
import io.rekindle.plan.shape.Component.Says;
import io.rekindle.plan.shape.Component.Shorthand;
import io.rekindle.plan.shape.Component.Source;
import io.rekindle.plan.shape.Component.Text;
import io.rekindle.plan.shape.Component.Written;
import io.rekindle.plan.shape.Shape.Leaf;
import io.rekindle.plan.shape.Shape.LeafType;
import io.rekindle.plan.shape.Shape.Range;
import io.rekindle.plan.shape.Shape.Slot;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads the shape of a record off its components and their annotations. */
public final class Shapes {
  private static final String A_TIME = "2026-01-31T22:00:00Z";
  private static final Pattern DIGITS =
      Pattern.compile("[-+]?(\\d{1,18}\\.?|\\d{0,18}\\.\\d{1,18})");
  private static final Map<Class<?>, Shape> KNOWN = new ConcurrentHashMap<>();

  private Shapes() {}

  public static Shape.Group of(Class<? extends Record> type) {
    return (Shape.Group) ofClass(type);
  }

  private static Shape ofClass(Class<?> type) {
    Shape known = KNOWN.get(type);
    if (known == null) {
      known = read(type);
      KNOWN.put(type, known);
    }
    return known;
  }

  private static Shape read(Class<?> type) {
    if (type.isAnnotationPresent(Text.class)) {
      return formed(type.asSubclass(Record.class));
    }
    if (isGroup(type)) {
      return group(type.asSubclass(Record.class));
    }
    if (type.isSealed()) {
      return new Shape.Choice(
          Arrays.stream(type.getPermittedSubclasses())
              .map(each -> of(each.asSubclass(Record.class)))
              .toList());
    }
    throw new IllegalStateException("No shape is known for " + type + ": teach it to Shapes.");
  }

  /** Whether a type is a record of several values, not of one text. */
  public static boolean isGroup(Class<?> type) {
    return type.isRecord() && !type.isAnnotationPresent(Text.class);
  }

  private static Shape.Group group(Class<? extends Record> type) {
    RecordComponent[] components = type.getRecordComponents();
    List<Slot> slots = Arrays.stream(components).map(Shapes::slot).toList();
    Class<?>[] types =
        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    try {
      Constructor<? extends Record> constructor = type.getDeclaredConstructor(types);
      constructor.setAccessible(true);
      return new Shape.Group(type, slots, constructor);
    } catch (NoSuchMethodException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static Slot slot(RecordComponent component) {
    Shape shape = shape(component);
    Optional<String> byDefault =
        Optional.ofNullable(component.getAnnotation(Default.class)).map(Default::value);
    boolean source = component.isAnnotationPresent(Source.class);
    Says says = component.getAnnotation(Says.class);
    Written written = component.getAnnotation(Written.class);
    return new Slot(
        written == null || written.inline() ? component.getName() : written.value(),
        says == null ? "" : says.value(),
        shape,
        !source && byDefault.isEmpty() && !nullable(component) && !emptyByNature(component, shape),
        byDefault,
        nullable(component),
        component.isAnnotationPresent(Shorthand.class),
        source,
        written != null && written.inline());
  }

  private static boolean nullable(RecordComponent component) {
    AnnotatedType type = component.getAnnotatedType();
    return type.isAnnotationPresent(Nullable.class);
  }

  /** What was not written is the empty list, no names, or false. */
  private static boolean emptyByNature(RecordComponent component, Shape shape) {
    return switch (shape) {
      case Shape.ListOf list -> list.atLeast() == 0;
      case Shape.MapOf map -> true;
      case Leaf leaf -> component.getType() == boolean.class;
      case Shape.Group group -> false;
      case Shape.Choice choice -> false;
      case Shape.Raw raw -> false;
    };
  }

  private static Shape shape(RecordComponent component) {
    Type type = component.getGenericType();
    if (type instanceof ParameterizedType generic && component.getType() == List.class) {
      AtLeast atLeast = component.getAnnotation(AtLeast.class);
      return new Shape.ListOf(
          single(generic.getActualTypeArguments()[0], Range.ALL),
          atLeast == null ? 0 : atLeast.value(),
          component.isAnnotationPresent(OneOrMany.class));
    }
    if (type instanceof ParameterizedType generic && component.getType() == Map.class) {
      Type value = generic.getActualTypeArguments()[1];
      return new Shape.MapOf(value == String.class ? anyPlainValue() : single(value, Range.ALL));
    }
    return single(type, range(component));
  }

  private static Range range(RecordComponent component) {
    AtLeast atLeast = component.getAnnotation(AtLeast.class);
    AtMost atMost = component.getAnnotation(AtMost.class);
    return new Range(
        atLeast == null ? Range.ALL.min() : atLeast.value(),
        atMost == null ? Range.ALL.max() : atMost.value());
  }

  static Shape single(Type type, Range range) {
    if (!(type instanceof Class<?> plain)) {
      throw new IllegalStateException("No shape is known for " + type + ": teach it to Shapes.");
    }
    if (Node.class.isAssignableFrom(plain)) {
      return new Shape.Raw();
    }
    if (plain == String.class) {
      return text("text", List.of(), "", "", text -> text);
    }
    if (plain == boolean.class || plain == Boolean.class) {
      return new Leaf(
          LeafType.FLAG, "true or false", List.of(), "", Range.ALL, "false", "true"::equals);
    }
    if (plain == int.class || plain == Integer.class) {
      return whole(narrow(range), Integer::valueOf);
    }
    if (plain == long.class || plain == Long.class) {
      return whole(range, Long::valueOf);
    }
    if (plain == BigDecimal.class) {
      return new Leaf(LeafType.DECIMAL, "a number", List.of(), "", range, "0", Shapes::decimal);
    }
    return textual(plain);
  }

  private static Shape textual(Class<?> plain) {
    if (plain == Duration.class) {
      return text(
          "a duration such as 90s, 30m or 1h30m",
          List.of(),
          Durations.PATTERN,
          "0s",
          Durations::parse);
    }
    if (plain == ZoneId.class) {
      return text("a time zone such as Europe/Berlin", List.of(), "", "UTC", Shapes::zone);
    }
    if (plain == Instant.class) {
      return text("a time such as " + A_TIME, List.of(), "", A_TIME, Shapes::time);
    }
    if (plain.isEnum()) {
      return enumeration(plain);
    }
    return ofClass(plain);
  }

  private static Range narrow(Range range) {
    long min = Math.max(range.min(), Integer.MIN_VALUE);
    long max = Math.min(range.max(), Integer.MAX_VALUE);
    return new Range(min, max);
  }

  private static Leaf text(
      String noun,
      List<String> choices,
      String pattern,
      String standIn,
      Function<String, Object> parse) {
    return new Leaf(LeafType.TEXT, noun, choices, pattern, Range.ALL, standIn, parse);
  }

  private static Leaf anyPlainValue() {
    return new Leaf(LeafType.ANY, "a plain value", List.of(), "", Range.ALL, "", text -> text);
  }

  private static Leaf whole(Range range, Function<String, Object> read) {
    String noun = "a whole number";
    if (range.min() > Integer.MIN_VALUE && range.max() < Integer.MAX_VALUE) {
      noun += " from " + range.min() + " to " + range.max();
    } else if (range.min() > Integer.MIN_VALUE) {
      noun += " of at least " + range.min();
    }
    String standIn = String.valueOf(Math.max(0, range.min()));
    return new Leaf(LeafType.WHOLE, noun, List.of(), "", range, standIn, read);
  }

  private static Leaf enumeration(Class<?> type) {
    List<String> words =
        Stream.of(type.getEnumConstants()).map(each -> word((Enum<?>) each)).toList();
    return text(
        "one of " + String.join(", ", words),
        words,
        "",
        words.getFirst(),
        text ->
            Stream.of(type.getEnumConstants())
                .filter(each -> word((Enum<?>) each).equals(text))
                .findFirst()
                .orElseThrow(() ->
                    new IllegalArgumentException("is not one of " + String.join(", ", words))));
  }

  /** How a constant is written in plans: {@code LEFT_OUT} is {@code leftOut}. */
  public static String word(Enum<?> constant) {
    return word(constant.name());
  }

  /** The same of its name. */
  public static String word(String constant) {
    String[] parts = constant.toLowerCase(Locale.ROOT).split("_", -1);
    StringBuilder word = new StringBuilder(parts[0]);
    for (int i = 1; i < parts.length; i++) {
      word.append(parts[i].substring(0, 1).toUpperCase(Locale.ROOT)).append(parts[i].substring(1));
    }
    return word.toString();
  }

  /** Without an exponent: a few letters could stand for more digits than there is memory. */
  private static BigDecimal decimal(String text) {
    if (!DIGITS.matcher(text).matches()) {
      throw new NumberFormatException(text);
    }
    return new BigDecimal(text);
  }

  /** By its name: schedules take no offset such as +02:00. */
  private static ZoneId zone(String text) {
    if (!ZoneId.getAvailableZoneIds().contains(text)) {
      throw new IllegalArgumentException("is not a time zone such as Europe/Berlin");
    }
    return ZoneId.of(text);
  }

  private static Instant time(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeException refused) {
      throw new IllegalArgumentException("is not a time such as " + A_TIME, refused);
    }
  }

  private static Leaf formed(Class<? extends Record> type) {
    Text form = type.getAnnotation(Text.class);
    Constructor<? extends Record> constructor = group(type).constructor();
    return text(
        form.value(),
        List.of(),
        form.pattern(),
        form.example(),
        text -> construct(constructor, text));
  }

  /**
   * Calls a record's constructor; what it refuses with a sentence is thrown as {@link
   * IllegalArgumentException}.
   */
  static Object construct(Constructor<? extends Record> constructor, @Nullable Object... values) {
    try {
      return constructor.newInstance(values);
    } catch (InvocationTargetException refused) {
      if (refused.getCause() instanceof IllegalArgumentException sentence) {
        throw sentence;
      }
      throw new IllegalStateException(
          "The constructor of " + constructor + " failed.", refused.getCause());
    } catch (ReflectiveOperationException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
