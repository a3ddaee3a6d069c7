package io.rekindle.plan;

import io.rekindle.plan.Kind.Change;
import io.rekindle.plan.Kind.Output;
import io.rekindle.plan.shape.Component.Says;
import io.rekindle.plan.shape.Shapes;
import io.rekindle.plan.step.Action;
import io.rekindle.plan.step.Action.Does;
import io.rekindle.plan.step.Action.Lasts;
import io.rekindle.plan.step.Action.Like;
import java.lang.annotation.Annotation;
import java.lang.invoke.MethodType;
import java.lang.reflect.Field;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads what a kind changes and gives off the types within its record. */
final class DeclaredParts {
  private DeclaredParts() {}

  static List<Change> changes(Class<? extends Record> kind) {
    return within(kind, Action.Change.class)
        .map(type -> Arrays.stream(type.getEnumConstants()).map(DeclaredParts::change).toList())
        .orElse(List.of());
  }

  static List<Output> outputs(Class<? extends Record> kind) {
    return within(kind, Action.Outputs.class).map(DeclaredParts::all).orElse(List.of());
  }

  private static <T> Optional<Class<? extends T>> within(Class<?> kind, Class<T> part) {
    List<Class<?>> found =
        Arrays.stream(kind.getDeclaredClasses()).filter(part::isAssignableFrom).toList();
    if (found.size() > 1) {
      throw new IllegalStateException(kind + " has more than one " + part.getSimpleName() + ".");
    }
    return found.stream().findFirst().map(type -> type.asSubclass(part));
  }

  private static Change change(Action.Change constant) {
    Field field = field(constant);
    Does does = annotation(field, Does.class);
    return new Change(
        constant.word(),
        does.value(),
        Spread.of(annotation(field, Lasts.class)),
        Optional.of(does.onlyIf()).filter(onlyIf -> !onlyIf.isEmpty()));
  }

  private static Field field(Action.Change constant) {
    try {
      return constant.getClass().getField(constant.name());
    } catch (NoSuchFieldException noEnum) {
      throw new IllegalStateException(noEnum);
    }
  }

  private static <A extends Annotation> A annotation(Field constant, Class<A> type) {
    A found = constant.getAnnotation(type);
    if (found == null) {
      throw new IllegalStateException(constant + " declares no @" + type.getSimpleName() + ".");
    }
    return found;
  }

  private static List<Output> all(Class<?> record) {
    return Arrays.stream(record.getRecordComponents()).flatMap(DeclaredParts::output).toList();
  }

  private static Stream<Output> output(RecordComponent component) {
    Says says = component.getAnnotation(Says.class);
    Like like = component.getAnnotation(Like.class);
    String said = says == null ? "" : says.value();
    String looks = like == null ? "" : like.value();
    if (Shapes.isGroup(component.getType())) {
      return group(component.getType(), said, looks);
    }
    Class<?> type = MethodType.methodType(component.getType()).wrap().returnType();
    return Stream.of(
        new Output(component.getName(), said, looks, type == List.class ? String.class : type));
  }

  private static Stream<Output> group(Class<?> type, String says, String it) {
    List<Output> all = all(type);
    return all.stream()
        .map(each ->
            new Output(
                each.name(),
                each == all.getFirst() && !says.isEmpty() ? says : each.says(),
                it.isEmpty() ? each.like() : each.like().replace("{it}", it),
                each.type()));
  }
}
