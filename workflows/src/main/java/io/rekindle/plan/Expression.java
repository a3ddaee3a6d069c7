package io.rekindle.plan;

import io.rekindle.plan.Region.Side;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A text with expressions in it, the only flow of data between steps. Two dollars before the brace
 * stand for the plain text.
 *
 * @param parts in their order
 */
public record Expression(List<Part> parts) {
  private static final Pattern WORD =
      Pattern.compile("([A-Za-z][A-Za-z0-9_-]*)(?:\\.([A-Za-z][A-Za-z0-9_-]*))?");

  public sealed interface Part {}

  public record Literal(String text) implements Part {}

  /**
   * @param offset where it begins in the text
   */
  public record Reference(Word word, int offset) implements Part {}

  /** What an expression may name. */
  public sealed interface Word {}

  public record StepOutput(String step, String output) implements Word {}

  public record ParameterValue(String name) implements Word {}

  public record RegionValue(Side side, String name) implements Word {}

  public record RunId() implements Word {}

  /** The text is no expression, from {@code offset} on. */
  public static final class Malformed extends IllegalArgumentException {
    private static final long serialVersionUID = 1;
    private final int offset;

    Malformed(int offset, String sentence) {
      super(sentence);
      this.offset = offset;
    }

    public int offset() {
      return offset;
    }
  }

  /** Whether the text could hold an expression at all. */
  public static boolean isIn(String text) {
    return text.contains("${");
  }

  /** Throws {@link Malformed} with a sentence. */
  public static Expression parse(String text) {
    List<Part> parts = new ArrayList<>();
    StringBuilder literal = new StringBuilder();
    int at = 0;
    while (at < text.length()) {
      if (text.startsWith("$${", at)) {
        literal.append("${");
        at += 3;
      } else if (text.startsWith("${", at)) {
        int end = text.indexOf('}', at);
        if (end < 0) {
          throw new Malformed(at, "'${' is never closed");
        }
        if (!literal.isEmpty()) {
          parts.add(new Literal(literal.toString()));
          literal.setLength(0);
        }
        parts.add(new Reference(word(text.substring(at + 2, end), at), at));
        at = end + 1;
      } else {
        literal.append(text.charAt(at++));
      }
    }
    if (!literal.isEmpty()) {
      parts.add(new Literal(literal.toString()));
    }
    return new Expression(List.copyOf(parts));
  }

  private static Word word(String text, int offset) {
    Matcher form = WORD.matcher(text);
    if (!form.matches()) {
      throw new Malformed(
          offset,
          "'${"
              + text
              + "}' is not an expression: write ${step.output}, ${param.name}, ${primary.value},"
              + " ${recovery.value} or ${run}");
    }
    String first = form.group(1);
    Optional<String> second = Optional.ofNullable(form.group(2));
    if (first.equals("run") && second.isEmpty()) {
      return new RunId();
    }
    String name =
        second.orElseThrow(() ->
            new Malformed(offset, "'${" + text + "}' names no field: write ${" + text + ".name}"));
    return switch (first) {
      case "param" -> new ParameterValue(name);
      case "primary" -> new RegionValue(Side.PRIMARY, name);
      case "recovery" -> new RegionValue(Side.RECOVERY, name);
      case "run" ->
          throw new Malformed(
              offset, "'${" + text + "}' names a part of the run, which has none: write ${run}");
      default -> new StepOutput(first, name);
    };
  }

  public List<Reference> references() {
    return parts.stream().filter(Reference.class::isInstance).map(Reference.class::cast).toList();
  }

  /** The only reference, where the text is nothing else: then the value keeps its type. */
  public Optional<Reference> alone() {
    return parts.size() == 1 && parts.getFirst() instanceof Reference reference
        ? Optional.of(reference)
        : Optional.empty();
  }
}
