package io.rekindle.plan;

import io.rekindle.plan.shape.Binder;
import io.rekindle.plan.shape.Bound;
import io.rekindle.plan.shape.Node;
import io.rekindle.plan.shape.Problem;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Resolves what a step was given into its kind's record. */
public final class Binding {
  private Binding() {}

  /**
   * @param words what each expression stands for: a {@link Node.Scalar}, or {@link Node.Unknown}
   */
  public static Bound<Optional<Record>> bind(
      Kind kind, Node with, Function<Expression.Word, Node> words, String path) {
    Bound<? extends Optional<? extends Record>> bound =
        Binder.bind(resolve(with, words), kind.type(), path);
    return new Bound<>(bound.value().map(Record.class::cast), bound.whole(), bound.problems());
  }

  /** Whatever the expressions in the tree name; a malformed one names nothing. */
  public static Set<Expression.Word> wordsIn(Node node) {
    Set<Expression.Word> words = new LinkedHashSet<>();
    collect(node, words);
    return words;
  }

  /**
   * What is wrong with the expressions in the tree, once all that they may name has to be known.
   */
  public static List<Problem> unknown(
      Node node, Function<Expression.Word, Node> words, String path) {
    return switch (node) {
      case Node.Scalar scalar ->
          resolve(scalar, words) instanceof Node.Unknown
              ? List.of(Problem.at(scalar.place(), path, unknown(scalar)))
              : List.of();
      case Node.Items items ->
          items.nodes().stream().flatMap(item -> unknown(item, words, path).stream()).toList();
      case Node.Fields fields ->
          fields.fields().stream()
              .flatMap(field -> unknown(field.value(), words, path + "." + field.name()).stream())
              .toList();
      case Node.Unknown unknown -> List.of();
    };
  }

  private static String unknown(Node.Scalar scalar) {
    try {
      Expression.parse(scalar.text());
      return scalar.describe() + " reads what is not known at this point of the run";
    } catch (Expression.Malformed malformed) {
      return String.valueOf(malformed.getMessage());
    }
  }

  private static void collect(Node node, Set<Expression.Word> words) {
    switch (node) {
      case Node.Scalar scalar ->
          references(scalar.text()).forEach(reference -> words.add(reference.word()));
      case Node.Items items -> items.nodes().forEach(item -> collect(item, words));
      case Node.Fields fields -> fields.fields().forEach(field -> collect(field.value(), words));
      case Node.Unknown unknown -> {}
    }
  }

  private static List<Expression.Reference> references(String text) {
    if (!Expression.isIn(text)) {
      return List.of();
    }
    try {
      return Expression.parse(text).references();
    } catch (Expression.Malformed nothing) {
      return List.of();
    }
  }

  /** How many characters a tree has with every expression replaced, which may be very many. */
  public static long size(Node node, Function<Expression.Word, Node> words) {
    return switch (node) {
      case Node.Scalar scalar -> size(scalar.text(), words);
      case Node.Items items -> items.nodes().stream().mapToLong(item -> size(item, words)).sum();
      case Node.Fields fields ->
          fields.fields().stream()
              .mapToLong(field -> field.name().length() + size(field.value(), words))
              .sum();
      case Node.Unknown unknown -> 0;
    };
  }

  private static long size(String text, Function<Expression.Word, Node> words) {
    return text.length()
        + references(text).stream()
            .map(reference -> words.apply(reference.word()))
            .mapToLong(value -> value instanceof Node.Scalar known ? known.text().length() : 0)
            .sum();
  }

  /** The same tree with every expression replaced. A malformed one counts as unknown. */
  public static Node resolve(Node node, Function<Expression.Word, Node> words) {
    return switch (node) {
      case Node.Scalar scalar -> Expression.isIn(scalar.text()) ? value(scalar, words) : scalar;
      case Node.Items items ->
          new Node.Items(
              items.place(), items.nodes().stream().map(item -> resolve(item, words)).toList());
      case Node.Fields fields ->
          new Node.Fields(
              fields.place(),
              fields.fields().stream()
                  .map(field ->
                      new Node.Field(field.place(), field.name(), resolve(field.value(), words)))
                  .toList());
      case Node.Unknown unknown -> unknown;
    };
  }

  private static Node value(Node.Scalar scalar, Function<Expression.Word, Node> words) {
    Expression expression;
    try {
      expression = Expression.parse(scalar.text());
    } catch (Expression.Malformed malformed) {
      return new Node.Unknown(scalar.place());
    }
    Optional<Expression.Reference> alone = expression.alone();
    if (alone.isPresent()) {
      return placed(words.apply(alone.get().word()), scalar);
    }
    StringBuilder text = new StringBuilder();
    for (Expression.Part part : expression.parts()) {
      switch (part) {
        case Expression.Literal literal -> text.append(literal.text());
        case Expression.Reference reference -> {
          if (!(words.apply(reference.word()) instanceof Node.Scalar known)) {
            return new Node.Unknown(scalar.place());
          }
          text.append(known.text());
        }
      }
    }
    return new Node.Scalar(scalar.place(), text.toString(), Node.ScalarType.TEXT, scalar.quoted());
  }

  private static Node placed(Node value, Node.Scalar where) {
    return value instanceof Node.Scalar known
        ? new Node.Scalar(where.place(), known.text(), known.type(), true)
        : new Node.Unknown(where.place());
  }
}
